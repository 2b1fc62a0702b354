/** The same histogram by a trusted curator and by everyone for themselves. The counts are the page's own; nothing is loaded. */
export interface TwoSidesQuestion {
  /** Rows per cell; each row is one report. */
  readonly counts: Float64Array;
  readonly epsilon: number;
  readonly seed: number;
}
export interface TwoSidesAnswer {
  readonly central: Side;
  readonly local: Side & {
    /** Frequency oracle with the smaller variance here. */
    readonly oracle: 'grr' | 'oue';
  };
  /** How many times the rows the local side would need for the central side's error relative to the rows. */
  readonly rowsTimes: number;
}
export interface Side {
  /** One run. */
  readonly released: Float64Array;
  /** Exact mean absolute error of a cell: of the law for the curator, of its normal limit for the reports. */
  readonly expectedError: Float64Array;
  /** 95 % half width of a cell, by the same laws. */
  readonly halfWidth95: Float64Array;
  /** Mean absolute error over the cells in this run. */
  readonly measuredError: number;
}
