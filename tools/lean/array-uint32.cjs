// What @stdlib/array-uint32 is in every browser served here; the original adds tests for browsers without typed arrays.
module.exports = Uint32Array;
