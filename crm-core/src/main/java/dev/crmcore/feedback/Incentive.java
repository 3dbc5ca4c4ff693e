package dev.crmcore.feedback;

import dev.crmcore.query.ElementType;
import dev.crmcore.value.InvalidValueException;

/**
 * What a survey promises to everybody who answers it, such as 50 points: once to each customer, whatever the answer.
 *
 * @param kind what it is, in a stable word that whoever hands it out understands: 1 to 30 of a-z, 0-9 and _, beginning
 *     with a letter, such as {@code points}
 * @param amount how much of it, in whole units of the kind, at least 1
 */
public record Incentive(String kind, long amount) {

    /**
     * Checks the parts.
     *
     * @param kind what it is
     * @param amount how much of it
     * @throws InvalidValueException if the amount is less than 1
     * @throws IllegalArgumentException if the kind is no such word
     */
    public Incentive {
        ElementType.requireStoredName("kind of an incentive", kind);
        if (amount < 1) {
            throw new InvalidValueException("incentive", Long.toString(amount), "must be at least 1: " + amount);
        }
    }

    /**
     * So much of a kind.
     *
     * @param amount how much, at least 1
     * @param kind what it is: 1 to 30 of a-z, 0-9 and _, beginning with a letter
     * @return the incentive
     * @throws InvalidValueException if the amount is less than 1
     * @throws IllegalArgumentException if the kind is no such word
     */
    public static Incentive of(long amount, String kind) {
        return new Incentive(kind, amount);
    }
}
