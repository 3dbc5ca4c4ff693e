package dev.crmcore.metrics.retention;

/**
 * The subjects of a Cox regression in the order in which they left, stratum by stratum, with covariates standardised to mean 0
 * and standard deviation 1 and laid out row by row. Rows are what the sums over risk sets run through.
 */
final class CoxDesign {

    private final int n;
    private final int p;
    private final int[] start;
    private final double[] time;
    private final boolean[] event;
    /** Empty if nobody came in late. */
    private final double[] entry;
    /** The rows by entry, stratum by stratum; empty if nobody came in late. */
    private final int[] byEntry;

    private final double[] x;
    private final double[] mean;
    private final double[] scale;

    private CoxDesign(CoxDesign other, int[] columns) {
        n = other.n;
        p = columns.length;
        start = other.start;
        time = other.time;
        event = other.event;
        entry = other.entry;
        byEntry = other.byEntry;
        x = new double[n * p];
        mean = new double[p];
        scale = new double[p];
        for (int j = 0; j < p; j++) {
            mean[j] = other.mean[columns[j]];
            scale[j] = other.scale[columns[j]];
            for (int row = 0; row < n; row++) {
                x[row * p + j] = other.x[row * other.p + columns[j]];
            }
        }
    }

    CoxDesign(SurvivalTimes times, Labels strata, double[][] covariates) {
        n = times.size();
        p = covariates.length;
        Math.multiplyExact(n, p);
        SurvivalOrder order = new SurvivalOrder(times, strata);
        start = new int[strata.size() + 1];
        for (int s = 0; s <= strata.size(); s++) {
            start[s] = order.start(s);
        }
        time = new double[n];
        event = new boolean[n];
        entry = new double[times.hasLateEntries() ? n : 0];
        byEntry = new int[entry.length];
        int[] rowOf = new int[entry.length];
        for (int row = 0; row < n; row++) {
            int subject = order.byTime(row);
            time[row] = times.time(subject);
            event[row] = times.event(subject);
            if (entry.length > 0) {
                entry[row] = times.entry(subject);
                rowOf[subject] = row;
            }
        }
        for (int place = 0; place < byEntry.length; place++) {
            byEntry[place] = rowOf[order.byEntry(place)];
        }
        x = new double[n * p];
        mean = new double[p];
        scale = new double[p];
        for (int j = 0; j < p; j++) {
            standardise(covariates[j], order, j);
        }
    }

    private void standardise(double[] covariate, SurvivalOrder order, int j) {
        double sum = 0;
        for (double value : covariate) {
            sum += value / n;
        }
        double squares = 0;
        for (double value : covariate) {
            double deviation = value - sum;
            squares += deviation * deviation / n;
        }
        mean[j] = sum;
        scale[j] = squares > 0 ? Math.sqrt(squares) : 1;
        for (int row = 0; row < n; row++) {
            x[row * p + j] = (covariate[order.byTime(row)] - sum) / scale[j];
        }
    }

    /** The same subjects with some of the covariates. */
    CoxDesign withColumns(int[] columns) {
        return new CoxDesign(this, columns);
    }

    int n() {
        return n;
    }

    int covariates() {
        return p;
    }

    int strata() {
        return start.length - 1;
    }

    /** The first row of a stratum; the next one's is its end. */
    int start(int stratum) {
        return start[stratum];
    }

    double time(int row) {
        return time[row];
    }

    boolean event(int row) {
        return event[row];
    }

    boolean hasLateEntries() {
        return entry.length > 0;
    }

    /** When the subject of a row came in; 0 if from the start. */
    double entry(int row) {
        return entry.length == 0 ? 0 : entry[row];
    }

    /** The row at a place in the order of coming in, if any came in late. */
    int byEntry(int place) {
        return byEntry[place];
    }

    /** All standardised covariates, row by row; not to be changed. */
    double[] x() {
        return x;
    }

    double mean(int j) {
        return mean[j];
    }

    /** What a standardised coefficient is divided by. */
    double scale(int j) {
        return scale[j];
    }

    /** The linear predictor of every row. */
    double[] linearPredictors(double[] coefficients) {
        double[] eta = new double[n];
        for (int row = 0; row < n; row++) {
            double sum = 0;
            for (int j = 0; j < p; j++) {
                sum += x[row * p + j] * coefficients[j];
            }
            eta[row] = sum;
        }
        return eta;
    }
}
