package dev.crmcore.metrics.internal;

/**
 * Nodes and weights of the Gauss&ndash;Legendre rule on [0, 1], which integrates polynomials up to degree 2n &minus; 1
 * exactly. Found by Newton's method on the Legendre polynomials (Abramowitz and Stegun, <em>Handbook of Mathematical
 * Functions</em>, 25.4.29), to rounding. Immutable and thread-safe as long as nobody writes to the arrays.
 */
public final class GaussLegendre {

    private final double[] nodes;
    private final double[] weights;

    private GaussLegendre(double[] nodes, double[] weights) {
        this.nodes = nodes;
        this.weights = weights;
    }

    /** The rule with {@code n} nodes, at least 2. */
    public static GaussLegendre of(int n) {
        double[] nodes = new double[n];
        double[] weights = new double[n];
        for (int i = 0; i < n; i++) {
            double x = Math.cos(Math.PI * (i + 0.75) / (n + 0.5));
            double slope = 0;
            for (int step = 0; step < 10; step++) {
                double before = 1;
                double value = x;
                for (int k = 2; k <= n; k++) {
                    double next = ((2 * k - 1) * x * value - (k - 1) * before) / k;
                    before = value;
                    value = next;
                }
                slope = n * (x * value - before) / (x * x - 1);
                x -= value / slope;
            }
            nodes[n - 1 - i] = 0.5 * (1 + x);
            weights[n - 1 - i] = 1 / ((1 - x * x) * slope * slope);
        }
        return new GaussLegendre(nodes, weights);
    }

    /** How many nodes there are. */
    public int size() {
        return nodes.length;
    }

    /** The node, ascending, above 0 and below 1. */
    public double node(int i) {
        return nodes[i];
    }

    /** Its weight; all together are 1. */
    public double weight(int i) {
        return weights[i];
    }
}
