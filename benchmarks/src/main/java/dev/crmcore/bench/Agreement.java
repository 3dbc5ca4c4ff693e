package dev.crmcore.bench;

/** Stops a benchmark whose contenders do not do the same job. */
final class Agreement {

    private Agreement() {}

    static void same(String what, Object found, Object expected) {
        if (!expected.equals(found)) {
            throw new IllegalStateException(what + " gives " + found + " where " + expected + " is expected");
        }
    }

    static void near(String what, double found, double expected, double tolerance) {
        if (!(Math.abs(found - expected) <= tolerance)) {
            throw new IllegalStateException(
                    what + " gives " + found + " where " + expected + " +- " + tolerance + " is expected");
        }
    }
}
