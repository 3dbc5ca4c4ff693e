package dev.crmcore.bench;

import dev.crmcore.metrics.retention.SurvivalTimes;
import java.util.Random;

/** Simulated subjects with five covariates, whose hazards are proportional; about two thirds have the event. */
final class SurvivalSubjects {

    static final int COVARIATES = 5;

    private static final double MEAN_LIFE = 300;
    private static final double LAST_CENSORING = 900;

    final double[] time;
    final boolean[] event;
    /** A column for each covariate: two of 0 and 1, three normal. */
    final double[][] covariates = new double[COVARIATES][];

    SurvivalSubjects(int n, boolean wholeDays, long seed) {
        time = new double[n];
        event = new boolean[n];
        for (int j = 0; j < COVARIATES; j++) {
            covariates[j] = new double[n];
        }
        Random random = new Random(seed);
        for (int i = 0; i < n; i++) {
            double eta = 0;
            for (int j = 0; j < COVARIATES; j++) {
                covariates[j][i] = j < 2 ? random.nextInt(2) : random.nextGaussian();
                eta += (j % 2 == 0 ? 0.15 : -0.15) * (j + 1) * covariates[j][i];
            }
            double life = -Math.log(1 - random.nextDouble()) * Math.exp(-eta) * MEAN_LIFE;
            double censored = random.nextDouble() * LAST_CENSORING;
            double end = Math.min(life, censored);
            time[i] = wholeDays ? Math.ceil(end) : end;
            event[i] = life <= censored;
        }
    }

    SurvivalTimes times() {
        return SurvivalTimes.of(time, event);
    }

    int size() {
        return time.length;
    }
}
