import { citibikeNew, citibikeOld } from './citibike.ts';
import { dotSpeeds } from './dot-speeds.ts';
import { lowCarbonLondon } from './energy.ts';
import { darkSkyWeather, laqnLong, openairWide } from './london.ts';
import { laqnSites, loopLocations, zoneLookup } from './metadata.ts';
import { ngsiFormat } from './ngsi.ts';
import type { Format } from './plan.ts';
import { aarhusParking, santanderEnvironment, santanderTraffic } from './santander.ts';
import { tlcFormat } from './tlc.ts';

/** Every real format the readers know by its header. Anything else is read with detected types (generic.ts). */
export const formats: readonly Format[] = [
  tlcFormat,
  citibikeOld,
  citibikeNew,
  dotSpeeds,
  santanderEnvironment,
  santanderTraffic,
  ngsiFormat,
  aarhusParking,
  laqnLong,
  openairWide,
  darkSkyWeather,
  lowCarbonLondon,
  zoneLookup,
  laqnSites,
  loopLocations,
];
