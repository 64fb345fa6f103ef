import type { RunRule } from "../../../../shared/stats/run-rules-run-length.ts";

/**
 * Run lengths of usual charts in observations, zero-state unless said, for independent scores. Calculated apart from this code, in Python:
 * Gauss-Legendre quadrature with 120 points (CUSUM) and 160 (EWMA), or an exact Markov chain. They agree to the printed digits with the
 * published tables: Lucas and Crosier 1982 (CUSUM, head start), Lucas and Saccucci 1990 (EWMA; two of its cells are misprinted),
 * Champ and Woodall 1987 (run rules), Moustakides 1986 (the optimum), Brook and Evans 1972 and Reynolds and Stoumbos 1999 (counts).
 */

export const SHIFTS = [0, 0.25, 0.5, 0.75, 1, 1.5, 2, 2.5, 3, 4] as const;

export const CUSUM_TWO_SIDED = [
  { h: 4, row: [167.6838, 74.224, 26.6302, 13.2851, 8.3831, 4.7472, 3.3428, 2.6195, 2.1945, 1.7085] },
  { h: 4.77, row: [368.5614, 121.3127, 35.2082, 16.1729, 9.917, 5.5172, 3.8553, 2.9986, 2.4844, 1.9558] },
  { h: 5, row: [465.4435, 139.4937, 37.9961, 17.0483, 10.376, 5.7472, 4.0089, 3.1137, 2.5733, 2.0126] },
];

export const CUSUM_ONE_SIDED = [
  { h: 4, row: [335.3676, 77.0785, 26.6792, 13.2866, 8.3832, 4.7472, 3.3428, 2.6195, 2.1945, 1.7085] },
  { h: 4.77, row: [737.1228, 123.6651, 35.2265, 16.1732, 9.9171, 5.5172, 3.8553, 2.9986, 2.4844, 1.9558] },
  { h: 5, row: [930.887, 141.6877, 38.0096, 17.0485, 10.376, 5.7472, 4.0089, 3.1137, 2.5733, 2.0126] },
];

export const CUSUM_FIR_HALF = [
  { h: 4, row: [148.6956, 62.6982, 20.064, 8.968, 5.2869, 2.862, 2.0144, 1.5858, 1.3254, 1.067] },
  { h: 5, row: [430.3908, 121.6879, 28.6658, 11.2358, 6.3469, 3.372, 2.3623, 1.8562, 1.5396, 1.1594] },
];

/** Published to two decimals: k = 0.5, h = 4.775, one-sided, long without an alarm. */
export const STEADY = [
  { shift: 0.5, length: 33.8 },
  { shift: 1, length: 9.21 },
  { shift: 1.5, length: 5.08 },
  { shift: 2, length: 3.54 },
  { shift: 3, length: 2.3 },
];

export const EWMA = [
  { weight: 0.4, limit: 3.054, row: [499.9513, 223.7278, 71.2005, 28.4184, 14.2628, 5.8749, 3.5215, 2.5392, 2.0186, 1.4399] },
  { weight: 0.25, limit: 2.998, row: [499.836, 170.2959, 48.2939, 20.1147, 11.1355, 5.4637, 3.6137, 2.7448, 2.2576, 1.727] },
  { weight: 0.2, limit: 2.962, row: [499.7351, 150.2164, 41.7644, 18.1496, 10.5417, 5.5006, 3.7434, 2.8803, 2.3809, 1.8644] },
  { weight: 0.1, limit: 2.814, row: [499.5796, 106.3219, 31.2974, 15.8475, 10.3307, 6.0842, 4.3623, 3.4417, 2.868, 2.1931] },
  { weight: 0.05, limit: 2.615, row: [499.933, 84.0059, 28.7637, 16.3742, 11.3828, 7.1125, 5.2249, 4.1679, 3.4962, 2.6945] },
];

export const SHEWHART = [370.3983, 281.1525, 155.2242, 81.2157, 43.8947, 14.9677, 6.303, 3.2411, 2.0, 1.1886] as const;

interface RunRulesCell {
  readonly rules: readonly RunRule[];
  readonly shift: number;
  readonly length: number;
  /** Half of its last digit. */
  readonly within: number;
}

export const RUN_RULES: readonly RunRulesCell[] = [
  { rules: [1], shift: 0, length: 370.4, within: 0.05 },
  { rules: [1, 2], shift: 0, length: 225.44, within: 0.005 },
  { rules: [1, 3], shift: 0, length: 166.05, within: 0.005 },
  { rules: [1, 4], shift: 0, length: 152.73, within: 0.005 },
  { rules: [1, 2, 3], shift: 0, length: 132.89, within: 0.005 },
  { rules: [1, 2, 4], shift: 0, length: 122.05, within: 0.005 },
  { rules: [1, 3, 4], shift: 0, length: 105.78, within: 0.005 },
  { rules: [1, 2, 3, 4], shift: 0, length: 91.75, within: 0.005 },
  { rules: [1, 2, 3, 4], shift: 0.5, length: 27.33, within: 0.005 },
  { rules: [1, 2, 3, 4], shift: 1, length: 9.22, within: 0.005 },
  { rules: [1, 2, 3, 4], shift: 2, length: 3.13, within: 0.005 },
  { rules: [1, 2, 3, 4], shift: 3, length: 1.67, within: 0.005 },
];

export const MOUSTAKIDES = [
  { runLength: 100, shift: 0.25, h: 5.9354, delay: 30.2381 },
  { runLength: 100, shift: 0.5, h: 4.4182, delay: 14.8451 },
  { runLength: 100, shift: 0.75, h: 3.4852, delay: 8.9859 },
  { runLength: 100, shift: 1, h: 2.8494, delay: 6.1078 },
  { runLength: 100, shift: 1.5, h: 2.0369, delay: 3.4426 },
  { runLength: 100, shift: 2, h: 1.5316, delay: 2.2672 },
  { runLength: 100, shift: 2.5, h: 1.164, delay: 1.6521 },
  { runLength: 100, shift: 3, h: 0.8605, delay: 1.3134 },
  { runLength: 370.4, shift: 0.25, h: 9.7476, delay: 57.4035 },
  { runLength: 370.4, shift: 0.5, h: 6.7096, delay: 23.6759 },
  { runLength: 370.4, shift: 0.75, h: 5.1046, delay: 13.2273 },
  { runLength: 370.4, shift: 1, h: 4.0965, delay: 8.5751 },
  { runLength: 370.4, shift: 1.5, h: 2.8827, delay: 4.5734 },
  { runLength: 370.4, shift: 2, h: 2.176, delay: 2.9176 },
  { runLength: 370.4, shift: 2.5, h: 1.7097, delay: 2.0639 },
  { runLength: 370.4, shift: 3, h: 1.359, delay: 1.5708 },
  { runLength: 1000, shift: 0.25, h: 13.1503, delay: 83.4274 },
  { runLength: 1000, shift: 0.5, h: 8.5851, delay: 31.0829 },
  { runLength: 1000, shift: 0.75, h: 6.3889, delay: 16.6322 },
  { runLength: 1000, shift: 1, h: 5.0707, delay: 10.5171 },
  { runLength: 1000, shift: 1.5, h: 3.5384, delay: 5.4456 },
  { runLength: 1000, shift: 2, h: 2.6651, delay: 3.4132 },
  { runLength: 1000, shift: 2.5, h: 2.1054, delay: 2.3876 },
  { runLength: 1000, shift: 3, h: 1.708, delay: 1.7916 },
  { runLength: 5000, shift: 0.25, h: 19.194, delay: 131.0811 },
  { runLength: 5000, shift: 0.5, h: 11.7357, delay: 43.6371 },
  { runLength: 5000, shift: 0.75, h: 8.5114, delay: 22.2823 },
  { runLength: 5000, shift: 1, h: 6.6693, delay: 13.7111 },
  { runLength: 5000, shift: 1.5, h: 4.608, delay: 6.8707 },
  { runLength: 5000, shift: 2, h: 3.467, delay: 4.2151 },
  { runLength: 5000, shift: 2.5, h: 2.7404, delay: 2.9078 },
  { runLength: 5000, shift: 3, h: 2.2458, delay: 2.1618 },
  { runLength: 10000, shift: 0.25, h: 21.8993, delay: 152.6269 },
  { runLength: 10000, shift: 0.5, h: 13.1113, delay: 49.1331 },
  { runLength: 10000, shift: 0.75, h: 9.432, delay: 24.736 },
  { runLength: 10000, shift: 1, h: 7.3608, delay: 15.0937 },
  { runLength: 10000, shift: 1.5, h: 5.0696, delay: 7.486 },
  { runLength: 10000, shift: 2, h: 3.8137, delay: 4.5611 },
  { runLength: 10000, shift: 2.5, h: 3.0157, delay: 3.1293 },
  { runLength: 10000, shift: 3, h: 2.473, delay: 2.32 },
];

/** Alarm when the sum reaches h; `fir` starts at half of h, rounded up. */
export const POISSON = [
  { h: 5, k: 2, mu: 1, arl: 1903.543, fir: 1833.484 },
  { h: 5, k: 2, mu: 1.5, arl: 96.684, fir: 80.49 },
  { h: 5, k: 2, mu: 2, arl: 19.797, fir: 13.162 },
  { h: 5, k: 2, mu: 3, arl: 5.366, fir: 2.934 },
  { h: 7, k: 3, mu: 2, arl: 894.004, fir: 847.747 },
  { h: 7, k: 3, mu: 2.5, arl: 95.996, fir: 79.915 },
  { h: 7, k: 3, mu: 3, arl: 24.895, fir: 17.135 },
  { h: 7, k: 3, mu: 4, arl: 7.184, fir: 4.022 },
  { h: 10, k: 5, mu: 3, arl: 49501.36, fir: 49332.737 },
  { h: 10, k: 5, mu: 4, arl: 421.65, fir: 397.471 },
  { h: 10, k: 5, mu: 5, arl: 29.808, fir: 22.381 },
  { h: 10, k: 5, mu: 6, arl: 9.726, fir: 6.115 },
];

/** A failure adds m - 1, a pass takes 1 away; alarm when the sum reaches h. */
export const BERNOULLI = [
  { m: 7, h: 31, p: 0.1, arl: 1043.606 },
  { m: 7, h: 31, p: 0.15, arl: 152.372 },
  { m: 7, h: 31, p: 0.2, arl: 63.084 },
  { m: 14, h: 54, p: 0.05, arl: 1059.79 },
  { m: 14, h: 54, p: 0.075, arl: 225.626 },
  { m: 14, h: 54, p: 0.1, arl: 103.667 },
  { m: 8, h: 43, p: 0.1, arl: 1004.674 },
  { m: 8, h: 43, p: 0.125, arl: 296.14 },
  { m: 8, h: 43, p: 0.15, arl: 143.575 },
  { m: 4, h: 24, p: 0.2, arl: 1060.216 },
  { m: 4, h: 24, p: 0.25, arl: 211.223 },
  { m: 4, h: 24, p: 0.3, arl: 88.55 },
];
