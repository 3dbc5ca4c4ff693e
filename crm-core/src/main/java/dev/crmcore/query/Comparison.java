package dev.crmcore.query;

import dev.crmcore.internal.text.Quoted;

/** How a value is held against another. */
public enum Comparison {
    /** The same. */
    EQUAL("="),
    /** Smaller. */
    LESS("<"),
    /** Smaller or the same. */
    AT_MOST("<="),
    /** Greater. */
    GREATER(">"),
    /** Greater or the same. */
    AT_LEAST(">=");

    private final String symbol;

    Comparison(String symbol) {
        this.symbol = symbol;
    }

    /**
     * The sign as mathematics and SQL write it.
     *
     * @return the sign
     */
    public String symbol() {
        return symbol;
    }

    /**
     * Reads the result of a comparator.
     *
     * @param compared less than, equal to or greater than 0
     * @return whether the comparison holds
     */
    public boolean holds(int compared) {
        return switch (this) {
            case EQUAL -> compared == 0;
            case LESS -> compared < 0;
            case AT_MOST -> compared <= 0;
            case GREATER -> compared > 0;
            case AT_LEAST -> compared >= 0;
        };
    }

    /**
     * Finds a comparison by its sign.
     *
     * @param symbol the sign
     * @return the comparison
     * @throws IllegalArgumentException if there is none with that sign
     */
    public static Comparison ofSymbol(String symbol) {
        for (Comparison comparison : values()) {
            if (comparison.symbol.equals(symbol)) {
                return comparison;
            }
        }
        throw new IllegalArgumentException("unknown comparison " + Quoted.of(symbol));
    }
}
