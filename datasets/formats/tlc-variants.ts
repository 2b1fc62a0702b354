/**
 * The headers of the TLC trip record files (New York City Taxi and Limousine Commission): 19 CSV generations of 2009 to
 * 2020 as rows of one table, and which canonical field each name stands for. Names are reduced by `keyOf`.
 */

export type TlcService = 'yellow' | 'green' | 'fhv' | 'fhvhv';

export interface TlcVariant {
  readonly service: TlcService;
  /** Months (first to last) whose files have this header. */
  readonly months: string;
  readonly places: 'lonlat' | 'zones' | 'none';
  /** Reduced names in file order. */
  readonly keys: string;
}

const MONEY_2009 = 'fareamt surcharge mtatax tipamt tollsamt totalamt';
const MONEY_2010 = 'fareamount surcharge mtatax tipamount tollsamount totalamount';
const MONEY = 'fareamount extra mtatax tipamount tollsamount improvementsurcharge totalamount';
const YELLOW_2010 = `vendorid pickupdatetime dropoffdatetime passengercount tripdistance pickuplongitude pickuplatitude ratecode storeandfwdflag dropofflongitude dropofflatitude paymenttype ${MONEY_2010}`;
const YELLOW_2015 = `vendorid tpeppickupdatetime tpepdropoffdatetime passengercount tripdistance pickuplongitude pickuplatitude ratecodeid storeandfwdflag dropofflongitude dropofflatitude paymenttype ${MONEY}`;
const YELLOW_ZONES = `vendorid tpeppickupdatetime tpepdropoffdatetime passengercount tripdistance ratecodeid storeandfwdflag pulocationid dolocationid paymenttype ${MONEY}`;
const GREEN_COORDINATES =
  'vendorid lpeppickupdatetime lpepdropoffdatetime storeandfwdflag ratecodeid pickuplongitude pickuplatitude dropofflongitude dropofflatitude passengercount tripdistance fareamount extra mtatax tipamount tollsamount ehailfee';
const GREEN_2015 = `${GREEN_COORDINATES} improvementsurcharge totalamount paymenttype triptype`;
const GREEN_ZONES =
  'vendorid lpeppickupdatetime lpepdropoffdatetime storeandfwdflag ratecodeid pulocationid dolocationid passengercount tripdistance fareamount extra mtatax tipamount tollsamount ehailfee improvementsurcharge totalamount paymenttype triptype';

export const tlcVariants: readonly TlcVariant[] = [
  {
    service: 'yellow',
    months: '2009-01 to 2009-12',
    places: 'lonlat',
    keys: `vendorname trippickupdatetime tripdropoffdatetime passengercount tripdistance startlon startlat ratecode storeandforward endlon endlat paymenttype ${MONEY_2009}`,
  },
  { service: 'yellow', months: '2010-01 to 2013-12', places: 'lonlat', keys: YELLOW_2010 },
  // Same names with a blank before each; `keyOf` makes them one.
  { service: 'yellow', months: '2014-01 to 2014-12', places: 'lonlat', keys: YELLOW_2010 },
  { service: 'yellow', months: '2015-01 to 2015-06', places: 'lonlat', keys: YELLOW_2015 },
  // RatecodeID for RateCodeID.
  { service: 'yellow', months: '2015-07 to 2016-06', places: 'lonlat', keys: YELLOW_2015 },
  // Rows have two more (empty) fields than names.
  { service: 'yellow', months: '2016-07 to 2016-12', places: 'zones', keys: YELLOW_ZONES },
  { service: 'yellow', months: '2017-01 to 2018-12', places: 'zones', keys: YELLOW_ZONES },
  { service: 'yellow', months: '2019-01 to 2020-06', places: 'zones', keys: `${YELLOW_ZONES} congestionsurcharge` },
  {
    service: 'green',
    months: '2013-08 to 2014-12',
    places: 'lonlat',
    keys: `${GREEN_COORDINATES} totalamount paymenttype triptype`,
  },
  { service: 'green', months: '2015-01 to 2015-12', places: 'lonlat', keys: GREEN_2015 },
  { service: 'green', months: '2016-01 to 2016-06', places: 'lonlat', keys: GREEN_2015 },
  { service: 'green', months: '2016-07 to 2018-12', places: 'zones', keys: GREEN_ZONES },
  { service: 'green', months: '2019-01 to 2020-06', places: 'zones', keys: `${GREEN_ZONES} congestionsurcharge` },
  { service: 'fhv', months: '2015-01 to 2016-12', places: 'zones', keys: 'dispatchingbasenum pickupdate locationid' },
  {
    service: 'fhv',
    months: '2017-01 to 2017-06',
    places: 'zones',
    keys: 'dispatchingbasenum pickupdatetime dropoffdatetime pulocationid dolocationid',
  },
  {
    service: 'fhv',
    months: '2017-07 to 2017-12',
    places: 'zones',
    keys: 'dispatchingbasenum pickupdatetime dropoffdatetime pulocationid dolocationid srflag',
  },
  {
    service: 'fhv',
    months: '2018-01 to 2018-12',
    places: 'zones',
    keys: 'pickupdatetime dropoffdatetime pulocationid dolocationid srflag dispatchingbasenumber dispatchingbasenum',
  },
  {
    service: 'fhv',
    months: '2019-01 to 2020-06',
    places: 'zones',
    keys: 'dispatchingbasenum pickupdatetime dropoffdatetime pulocationid dolocationid srflag',
  },
  {
    service: 'fhvhv',
    months: '2019-02 to 2020-06',
    places: 'zones',
    keys: 'hvfhslicensenum dispatchingbasenum pickupdatetime dropoffdatetime pulocationid dolocationid srflag',
  },
];

/** Canonical column of each reduced name, over all generations (CSV, Parquet, and exports made from them). */
export const tlcColumnOf: ReadonlyMap<string, string> = new Map(
  Object.entries({
    pickupTime: 'tpeppickupdatetime lpeppickupdatetime trippickupdatetime pickupdatetime pickupdate pickuptime',
    dropoffTime: 'tpepdropoffdatetime lpepdropoffdatetime tripdropoffdatetime dropoffdatetime dropofftime',
    pickupZone: 'pulocationid pickuplocationid locationid pulocation',
    dropoffZone: 'dolocationid dropofflocationid dolocation',
    pickupLon: 'pickuplongitude startlon pickuplon pickupx',
    pickupLat: 'pickuplatitude startlat pickuplat pickupy',
    dropoffLon: 'dropofflongitude endlon dropofflon dropoffx',
    dropoffLat: 'dropofflatitude endlat dropofflat dropoffy',
    passengers: 'passengercount',
    distanceMiles: 'tripdistance tripmiles',
    fare: 'fareamount fareamt basepassengerfare',
    tip: 'tipamount tipamt tips',
    total: 'totalamount totalamt',
    payment: 'paymenttype',
    vendor: 'vendorid vendorname',
    rateCode: 'ratecodeid ratecode',
    extra: 'extra surcharge',
    tolls: 'tollsamount tollsamt tolls',
    mtaTax: 'mtatax',
    improvementSurcharge: 'improvementsurcharge',
    congestionSurcharge: 'congestionsurcharge',
    congestionFee: 'cbdcongestionfee',
    airportFee: 'airportfee',
    ehailFee: 'ehailfee',
    tripType: 'triptype',
    stored: 'storeandfwdflag storeandforward',
    base: 'dispatchingbasenum',
    otherBase: 'dispatchingbasenumber affiliatedbasenumber originatingbasenum',
    company: 'hvfhslicensenum',
    shared: 'srflag sharedrequestflag',
    sharedMatch: 'sharedmatchflag',
    requestTime: 'requestdatetime',
    onSceneTime: 'onscenedatetime',
    durationS: 'triptime',
    driverPay: 'driverpay',
  }).flatMap(([column, keys]) => keys.split(' ').map((key): [string, string] => [key, column])),
);
