import type { DatasetDescriptor } from '../src/engine/kit/dataset.ts';
import type { ParamSchema } from '../src/engine/kit/params.ts';
import { descriptor as cityDepartments, options as cityDepartmentsOptions } from './city-departments/descriptor.ts';
import { descriptor as londonAir } from './london-air/descriptor.ts';
import { descriptor as londonWeather } from './london-weather/descriptor.ts';
import { descriptor as nycBikes, options as nycBikesOptions } from './nyc-bikes/descriptor.ts';
import { descriptor as nycSpeeds, options as nycSpeedsOptions } from './nyc-speeds/descriptor.ts';
import { descriptor as nycTaxi, options as nycTaxiOptions } from './nyc-taxi/descriptor.ts';
import { descriptor as santanderEnergy, options as santanderEnergyOptions } from './santander-energy/descriptor.ts';
import { descriptor as santanderEnvironment } from './santander-environment/descriptor.ts';
import { descriptor as santanderParking, options as santanderParkingOptions } from './santander-parking/descriptor.ts';
import { descriptor as santanderTraffic } from './santander-traffic/descriptor.ts';

/** All embedded datasets, in the order of the picker. Descriptors only: generators.ts holds the code for workers. */
export const datasets: readonly DatasetDescriptor[] = [
  nycTaxi,
  nycBikes,
  nycSpeeds,
  santanderEnvironment,
  santanderParking,
  santanderTraffic,
  santanderEnergy,
  londonAir,
  londonWeather,
  cityDepartments,
];

/** Assumptions with a control, by dataset id (`DatasetRef.options`). */
export const datasetOptions: Readonly<Record<string, ParamSchema>> = {
  'nyc-taxi': nycTaxiOptions,
  'nyc-bikes': nycBikesOptions,
  'nyc-speeds': nycSpeedsOptions,
  'santander-parking': santanderParkingOptions,
  'santander-energy': santanderEnergyOptions,
  'city-departments': cityDepartmentsOptions,
};
