/**
 * Figures over time: is there a trend, which weeks are out of line, when did the level change, what comes next.
 *
 * <ul>
 *   <li>{@link dev.crmcore.metrics.series.RegularSeries}: one number for each day, week or month, some of which may be missing.
 *   <li>Trend: {@link dev.crmcore.metrics.series.MannKendall}, {@link dev.crmcore.metrics.series.TheilSen},
 *       {@link dev.crmcore.metrics.series.LinearTrend}.
 *   <li>Season: {@link dev.crmcore.metrics.series.Stl}, {@link dev.crmcore.metrics.series.ClassicalDecomposition}.
 *   <li>Anomalies: {@link dev.crmcore.metrics.series.RobustFourier} for seasonal figures,
 *       {@link dev.crmcore.metrics.series.RobustZ}, {@link dev.crmcore.metrics.series.TukeyFences},
 *       {@link dev.crmcore.metrics.series.GeneralizedEsd}, {@link dev.crmcore.metrics.series.RollingMedian}; control charts:
 *       {@link dev.crmcore.metrics.series.ControlChart}, {@link dev.crmcore.metrics.series.Cusum}.
 *   <li>Changes of level: {@link dev.crmcore.metrics.series.Pettitt}, {@link dev.crmcore.metrics.series.ChangePoints}.
 *   <li>Forecasts behind {@link dev.crmcore.metrics.series.Forecaster}:
 *       {@link dev.crmcore.metrics.series.ExponentialSmoothing} (Holt-Winters and its relatives),
 *       {@link dev.crmcore.metrics.series.StlForecaster}, {@link dev.crmcore.metrics.series.NaiveForecaster}; how good they
 *       are: {@link dev.crmcore.metrics.series.ForecastAccuracy}, {@link dev.crmcore.metrics.series.RollingOrigin}.
 * </ul>
 *
 * <pre>{@code
 * RegularSeries weekly = RegularSeries.of(PeriodUnit.WEEK, revenueByMonday);
 *
 * RobustFourier.ofPeriod(52).fit(weekly).value().anomalies(3.5);          // weeks that are out of line
 * ExponentialSmoothing.holtWinters(52).forecast(weekly, 8).value().estimate(1, 0.9);   // next week, with its interval
 * }</pre>
 *
 * <p>Take season and trend away before looking for outliers or changes of level: on a raw seasonal series most of what these
 * methods find is the season. What cannot be said (too few seasons, a constant series, a gap) is a reason, never NaN.
 * Everything is a pure function of the series.
 */
@NullMarked
package dev.crmcore.metrics.series;

import org.jspecify.annotations.NullMarked;
