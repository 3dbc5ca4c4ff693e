package dev.crmcore.metrics.marketing;

import dev.crmcore.metrics.internal.FundamentalMatrix;
import java.util.Arrays;

/** What is lost of conversions and of their value if no journey gets beyond a state with a certain channel. */
final class RemovalEffects {

    private final double[][] fundamental;
    private final double[] visits;
    private final double[] conversion;
    private final double[] value;
    private final int[][] statesOf;

    RemovalEffects(PathChain chain, int channels) {
        int states = chain.states();
        double[][] transitions = new double[states][states];
        conversion = new double[states];
        value = new double[states];
        double[] starts = new double[states];
        for (int from = 0; from < states; from++) {
            double left = (double) chain.left(from);
            for (int to = 0; to < states; to++) {
                transitions[from][to] = chain.passages(from, to) / left;
            }
            conversion[from] = chain.conversionsAfter(from) / left;
            value[from] = chain.minorUnitsAfter(from) / left;
            starts[from] = (double) chain.startsIn(from) / chain.journeys();
        }
        fundamental = FundamentalMatrix.of(transitions);
        visits = new double[states];
        for (int from = 0; from < states; from++) {
            for (int to = 0; to < states; to++) {
                visits[to] += starts[from] * fundamental[from][to];
            }
        }
        statesOf = statesOf(chain, channels);
    }

    private static int[][] statesOf(PathChain chain, int channels) {
        int[][] statesOf = new int[channels][];
        int[] sizes = new int[channels];
        for (int pass = 0; pass < 2; pass++) {
            for (int channel = 0; pass == 1 && channel < channels; channel++) {
                statesOf[channel] = new int[sizes[channel]];
            }
            Arrays.fill(sizes, 0);
            for (int state = 0; state < chain.states(); state++) {
                for (int channel :
                        Arrays.stream(chain.channelsOf(state)).distinct().toArray()) {
                    if (pass == 1) {
                        statesOf[channel][sizes[channel]] = state;
                    }
                    sizes[channel]++;
                }
            }
        }
        return statesOf;
    }

    double[] ofConversions() {
        return effects(conversion);
    }

    double[] ofValue() {
        return effects(value);
    }

    /** For each channel the share of what is yielded that goes through its states; 0 if nothing is. */
    private double[] effects(double[] yieldAfter) {
        int states = visits.length;
        double[] expected = new double[states];
        double all = 0;
        for (int from = 0; from < states; from++) {
            for (int to = 0; to < states; to++) {
                expected[from] += fundamental[from][to] * yieldAfter[to];
            }
            all += visits[from] * yieldAfter[from];
        }
        double[] effects = new double[statesOf.length];
        for (int channel = 0; channel < effects.length && all > 0; channel++) {
            effects[channel] = Math.min(1, through(statesOf[channel], expected) / all);
        }
        return effects;
    }

    private double through(int[] some, double[] expected) {
        double[][] block = new double[some.length][some.length];
        double[] entered = new double[some.length];
        for (int i = 0; i < some.length; i++) {
            for (int j = 0; j < some.length; j++) {
                block[i][j] = fundamental[some[i]][some[j]];
            }
            entered[i] = expected[some[i]];
        }
        FundamentalMatrix.solve(block, entered);
        double sum = 0;
        for (int i = 0; i < some.length; i++) {
            sum += visits[some[i]] * entered[i];
        }
        return sum;
    }
}
