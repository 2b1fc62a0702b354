/** What reading and writing links needs, in one piece that is loaded when a link is read or first written. */
export { parseScenario } from '../scenario/codec.ts';
export { decodeLink, encodeLink } from '../scenario/link.ts';
