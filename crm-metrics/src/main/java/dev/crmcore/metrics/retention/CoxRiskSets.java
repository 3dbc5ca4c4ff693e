package dev.crmcore.metrics.retention;

/**
 * Goes through the event times of a Cox regression from the last to the first, with the sums over those at risk. Subjects are
 * added when they leave and taken away when they have not come in yet; sums that lose most of their weight that way are made
 * again from the subjects, so that what is left is not rounding. Cost: O(n p&sup2;).
 */
final class CoxRiskSets {

    /** Sums that have shrunk to less than this have lost too many digits. */
    private static final double LEAST_LEFT = 1e-4;

    private final CoxDesign design;
    private final double[] x;
    private final double[] risk;
    private final double shift;
    private final RiskSums all;
    private final RiskSums dying;

    private double largest;
    private int present;

    /** What is done at each event time. */
    interface Visitor {

        /**
         * One event time of a stratum.
         *
         * @param first the first row with this time
         * @param end the row after the last one with this time
         * @param events how many of them are events
         * @param atRisk the sums over all at risk
         * @param ofEvents the sums over those with the event
         */
        void eventTime(int stratum, int first, int end, int events, RiskSums atRisk, RiskSums ofEvents);
    }

    CoxRiskSets(CoxDesign design, double[] linearPredictors) {
        this.design = design;
        this.x = design.x();
        this.all = new RiskSums(design.covariates());
        this.dying = new RiskSums(design.covariates());
        double greatest = Double.NEGATIVE_INFINITY;
        for (double eta : linearPredictors) {
            greatest = Math.max(greatest, eta);
        }
        shift = greatest;
        risk = new double[design.n()];
        for (int row = 0; row < risk.length; row++) {
            risk[row] = Math.exp(linearPredictors[row] - shift);
        }
    }

    /** What was taken from all linear predictors before the exponential, so that none overflows. */
    double shift() {
        return shift;
    }

    void visit(Visitor visitor) {
        for (int stratum = 0; stratum < design.strata(); stratum++) {
            visitStratum(stratum, visitor);
        }
    }

    private void visitStratum(int stratum, Visitor visitor) {
        int start = design.start(stratum);
        int end = design.start(stratum + 1);
        all.clear();
        largest = 0;
        present = 0;
        int notYet = end;
        for (int last = end; last > start; ) {
            double time = design.time(last - 1);
            int first = last;
            int events = 0;
            dying.clear();
            while (first > start && design.time(first - 1) == time) {
                first--;
                all.add(risk[first], x, first);
                present++;
                if (design.event(first)) {
                    dying.add(risk[first], x, first);
                    events++;
                }
            }
            if (design.hasLateEntries()) {
                largest = Math.max(largest, all.risk());
                notYet = takeAway(start, notYet, time);
                if (all.risk() < LEAST_LEFT * largest) {
                    addAgain(first, end, time);
                }
            }
            if (events > 0) {
                visitor.eventTime(stratum, first, last, events, all, dying);
            }
            last = first;
        }
    }

    /** Takes away who comes in only at this time or later. */
    private int takeAway(int start, int from, double time) {
        int place = from;
        while (place > start && isLate(design.byEntry(place - 1), time)) {
            int row = design.byEntry(--place);
            all.add(-risk[row], x, row);
            present--;
        }
        return place;
    }

    private void addAgain(int first, int end, double time) {
        all.clear();
        if (present > 0) {
            for (int row = first; row < end; row++) {
                if (!isLate(row, time)) {
                    all.add(risk[row], x, row);
                }
            }
        }
        largest = all.risk();
    }

    private boolean isLate(int row, double time) {
        return design.entry(row) > 0 && design.entry(row) >= time;
    }
}
