/** A detector's published results. */
export interface Published {
  readonly name: string;
  /** Normalised over all 58 files, standard profile. */
  readonly corpus: number;
  /** Sum of its published scores of the 21 files used here, standard profile. */
  readonly raw: number;
  /** The same under the profile of few false alarms. */
  readonly lowFp?: number;
}

/** From `results/<detector>/<detector>_*_scores.csv` of numenta/NAB. */
export const LEADERS: readonly Published[] = [
  { name: "ARTime", corpus: 74.9, raw: 23.347233, lowFp: 14.299384 },
  { name: "Numenta HTM", corpus: 70.1, raw: 13.879217, lowFp: 9.073387 },
  { name: "CAD OSE", corpus: 69.9, raw: 18.697691 },
  { name: "earthgecko Skyline", corpus: 58.2, raw: 11.320655 },
  { name: "Relative Entropy", corpus: 54.6, raw: 6.469634 },
];

/** Scores of one file under the three profiles in their order, and its rows with an alarm inside and outside windows. */
export interface PublishedFile {
  readonly scores: readonly [number, number, number];
  readonly tp: number;
  readonly fp: number;
}

const MISSED: PublishedFile = { scores: [-1, -1, -2], tp: 0, fp: 0 };
const QUIET: PublishedFile = { scores: [0, 0, 0], tp: 0, fp: 0 };

/** All that numenta/NAB publishes of `windowedGaussian` on these files, to twelve digits (results/windowedGaussian/*_scores.csv). */
export const WINDOWED_GAUSSIAN: Readonly<Record<string, PublishedFile>> = {
  "artificialNoAnomaly/art_daily_no_noise.csv": QUIET,
  "artificialNoAnomaly/art_daily_perfect_square_wave.csv": QUIET,
  "artificialNoAnomaly/art_daily_small_noise.csv": QUIET,
  "artificialNoAnomaly/art_flatline.csv": QUIET,
  "artificialNoAnomaly/art_noisy.csv": QUIET,
  "artificialWithAnomaly/art_daily_flatmiddle.csv": MISSED,
  "artificialWithAnomaly/art_daily_jumpsdown.csv": MISSED,
  "artificialWithAnomaly/art_daily_jumpsup.csv": MISSED,
  "artificialWithAnomaly/art_daily_nojump.csv": MISSED,
  "artificialWithAnomaly/art_increase_spike_density.csv": MISSED,
  "artificialWithAnomaly/art_load_balancer_spikes.csv": { scores: [-0.692444609523, -2.34244460952, -0.692444609523], tp: 18, fp: 15 },
  "realTweets/Twitter_volume_AAPL.csv": { scores: [1.51399683626, -0.818874447425, 1.51399683626], tp: 42, fp: 24 },
  "realTweets/Twitter_volume_AMZN.csv": { scores: [1.55848299457, -0.492077441917, 1.55848299457], tp: 10, fp: 20 },
  "realTweets/Twitter_volume_CRM.csv": { scores: [0.763845764094, 0.763845764094, -0.236154235906], tp: 10, fp: 0 },
  "realTweets/Twitter_volume_CVS.csv": { scores: [0.773682061394, -1.19909218022, 0.773682061394], tp: 22, fp: 18 },
  "realTweets/Twitter_volume_FB.csv": { scores: [0.119750278191, -1.53024917684, 0.119750278191], tp: 6, fp: 15 },
  "realTweets/Twitter_volume_GOOG.csv": { scores: [-0.146777355167, -1.13677708866, -1.14677735517], tp: 23, fp: 9 },
  "realTweets/Twitter_volume_IBM.csv": { scores: [-0.799109479229, -3.39078756281, -0.799109479229], tp: 14, fp: 25 },
  "realTweets/Twitter_volume_KO.csv": { scores: [-0.914196106944, -4.54309831466, -0.914196106944], tp: 22, fp: 33 },
  "realTweets/Twitter_volume_PFE.csv": { scores: [0.26557999349, -1.05441789301, -0.73442000651], tp: 7, fp: 12 },
  "realTweets/Twitter_volume_UPS.csv": { scores: [-2.2051646682, -8.82184583733, -2.2051646682], tp: 57, fp: 63 },
};
