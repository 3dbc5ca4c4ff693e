package dev.crmcore.query;

import java.util.List;
import java.util.stream.Collectors;

/** Prints conditions for people. */
final class ConditionText<T> implements ConditionVisitor<T, String> {

    private static final String HIDDEN = "***";

    private final boolean reveal;

    private ConditionText(boolean reveal) {
        this.reveal = reveal;
    }

    static <T> String of(Condition<T> condition, boolean reveal) {
        return condition.accept(new ConditionText<>(reveal));
    }

    @Override
    public String and(Condition.And<T> condition) {
        return condition.parts().isEmpty() ? "always" : joined(condition.parts(), " and ");
    }

    @Override
    public String or(Condition.Or<T> condition) {
        return condition.parts().isEmpty() ? "never" : joined(condition.parts(), " or ");
    }

    private String joined(List<Condition<T>> parts, String word) {
        return parts.stream().map(this::nested).collect(Collectors.joining(word));
    }

    private String nested(Condition<T> part) {
        boolean compound = (part instanceof Condition.And<T> and && and.parts().size() > 1)
                || (part instanceof Condition.Or<T> or && or.parts().size() > 1);
        return compound ? "(" + part.accept(this) + ")" : part.accept(this);
    }

    @Override
    public String not(Condition.Not<T> condition) {
        return "not (" + condition.part().accept(this) + ")";
    }

    @Override
    public String compare(Condition.Compare<T> condition) {
        return condition.field() + " " + condition.comparison().symbol() + " "
                + shown(condition.field(), condition.value());
    }

    @Override
    public String between(Condition.Between<T> condition) {
        return condition.field() + " between " + shown(condition.field(), condition.lower()) + " and "
                + shown(condition.field(), condition.upper());
    }

    @Override
    public String in(Condition.In<T> condition) {
        return condition.field() + " in "
                + condition.values().stream()
                        .map(value -> shown(condition.field(), value))
                        .collect(Collectors.joining(", ", "(", ")"));
    }

    @Override
    public String startsWith(Condition.StartsWith<T> condition) {
        return condition.field() + " starts with " + shown(condition.field(), condition.prefix());
    }

    @Override
    public String present(Condition.Present<T> condition) {
        return condition.field() + " is present";
    }

    @Override
    public String any(Condition.Any<T, ?> condition) {
        return "any " + condition.set() + " (" + of(condition.condition(), reveal) + ")";
    }

    @Override
    public String relative(Condition.Relative<T> condition) {
        return condition.field() + " " + condition.comparison().symbol() + " "
                + (condition.exact() != null ? "now " + condition.exact() : "today " + condition.calendar())
                + (condition.zone() == null ? "" : " in " + condition.zone());
    }

    @Override
    public String aggregated(Condition.Aggregated<T, ?> condition) {
        return ofRelated(condition);
    }

    private <R> String ofRelated(Condition.Aggregated<T, R> condition) {
        return condition.having().stream().map(this::ofHaving).collect(Collectors.joining(" and ")) + " of "
                + condition.type().name() + " by " + condition.by() + " where (" + of(condition.where(), reveal) + ")";
    }

    private <R> String ofHaving(Condition.Having<R> having) {
        Field<R, ?> field = having.aggregate().field();
        Object value = having.value();
        return having.aggregate() + " " + having.comparison().symbol() + " "
                + (field == null ? value.toString() : shown(field, value));
    }

    private String shown(Field<?, ?> field, Object value) {
        return field.isPersonal() && !reveal ? HIDDEN : value.toString();
    }
}
