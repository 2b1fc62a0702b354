// What @stdlib/array-float64 is in every browser served here; the original adds tests for browsers without typed arrays.
module.exports = Float64Array;
