// Byte order of the machine, as @stdlib/assert-is-little-endian tells it.
module.exports = new Uint8Array(new Uint16Array([0x1234]).buffer)[0] === 0x34;
