package dev.crmcore.bench;

/** An RFM summary by whoever made it, read row by row in any order. */
@FunctionalInterface
interface RfmRows {

    /** One customer: first and last day as epoch days, money in cents. */
    @FunctionalInterface
    interface Reader {
        void row(long customer, long frequency, long first, long last, long total, long repeat);
    }

    void read(Reader reader);

    /** A number that two summaries share if they have the same rows, whatever their order. */
    default long digest() {
        long[] sum = new long[1];
        read((customer, frequency, first, last, total, repeat) -> {
            long mixed = customer;
            for (long value : new long[] {frequency, first, last, total, repeat}) {
                mixed = Long.rotateLeft(mixed ^ value, 29) * 0x9E3779B97F4A7C15L;
            }
            sum[0] += mixed;
        });
        return sum[0];
    }
}
