module.exports = Number;
