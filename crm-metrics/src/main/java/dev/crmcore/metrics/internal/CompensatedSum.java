package dev.crmcore.metrics.internal;

/**
 * A sum of doubles that carries its rounding error along (Neumaier 1974), so that the order of the terms moves the result by
 * no more than about two units in the last place of the sum of their absolute values.
 *
 * <p>Not thread-safe.
 */
public final class CompensatedSum {

    private double sum;
    private double lost;

    /** Begins at zero. */
    public CompensatedSum() {}

    private CompensatedSum(double sum, double lost) {
        this.sum = sum;
        this.lost = lost;
    }

    /** Adds a term. */
    public void add(double term) {
        double next = sum + term;
        lost += Math.abs(sum) >= Math.abs(term) ? (sum - next) + term : (term - next) + sum;
        sum = next;
    }

    /** Adds another sum. */
    public void add(CompensatedSum other) {
        double otherSum = other.sum;
        double otherLost = other.lost;
        add(otherSum);
        add(otherLost);
    }

    /** The sum. */
    public double value() {
        return sum + lost;
    }

    /** Appends the state. */
    public void write(StateWriter writer) {
        writer.putDouble(sum).putDouble(lost);
    }

    /** Reads what {@link #write} appended. */
    public static CompensatedSum read(StateReader reader) {
        return new CompensatedSum(reader.getFinite(), reader.getFinite());
    }
}
