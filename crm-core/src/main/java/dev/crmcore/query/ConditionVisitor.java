package dev.crmcore.query;

/**
 * What works on the kinds of conditions, such as a compiler to SQL.
 *
 * @param <T> the record
 * @param <R> what it gives
 */
public interface ConditionVisitor<T, R> {

    /**
     * All parts.
     *
     * @param condition the condition
     * @return the result
     */
    R and(Condition.And<T> condition);

    /**
     * At least one part.
     *
     * @param condition the condition
     * @return the result
     */
    R or(Condition.Or<T> condition);

    /**
     * The contrary.
     *
     * @param condition the condition
     * @return the result
     */
    R not(Condition.Not<T> condition);

    /**
     * A relation to a constant.
     *
     * @param condition the condition
     * @return the result
     */
    R compare(Condition.Compare<T> condition);

    /**
     * A closed range.
     *
     * @param condition the condition
     * @return the result
     */
    R between(Condition.Between<T> condition);

    /**
     * One of several values.
     *
     * @param condition the condition
     * @return the result
     */
    R in(Condition.In<T> condition);

    /**
     * A prefix.
     *
     * @param condition the condition
     * @return the result
     */
    R startsWith(Condition.StartsWith<T> condition);

    /**
     * A value at all.
     *
     * @param condition the condition
     * @return the result
     */
    R present(Condition.Present<T> condition);

    /**
     * An element of a set-valued field.
     *
     * @param condition the condition
     * @return the result
     */
    R any(Condition.Any<T, ?> condition);

    /**
     * A relation to the moment of asking. Stores see none: {@link Query#asOf} has bound them.
     *
     * @param condition the condition
     * @return the result
     */
    R relative(Condition.Relative<T> condition);

    /**
     * Figures over related records.
     *
     * @param condition the condition
     * @return the result
     */
    R aggregated(Condition.Aggregated<T, ?> condition);
}
