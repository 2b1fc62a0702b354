/**
 * Derives datasets/<id>/facts from the calibration files of the shared folder: figures and simplified geometry with
 * attribution, no rows of any source. The results are committed; this runs only when the calibration changes.
 */
import { nycBikes, nycSpeeds, nycTaxi, nycZones } from './facts/nyc.ts';
import { london, santander } from './facts/santander-london.ts';

nycZones();
nycTaxi();
nycBikes();
nycSpeeds();
santander();
london();
