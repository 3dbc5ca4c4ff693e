package dev.crmcore.store.memory;

import dev.crmcore.query.Condition;
import dev.crmcore.query.Field;
import dev.crmcore.query.Query;
import dev.crmcore.query.RecordType;
import dev.crmcore.query.SetField;
import dev.crmcore.store.EntityType;

/** Refuses what no store could answer: relative time that nobody bound, and fields that the type does not declare. */
final class QueryCheck {

    private QueryCheck() {}

    static <T> EntityType<T> check(Query<T> query) {
        EntityType<T> type = EntityType.of(query);
        check(type, query.where());
        query.orders().forEach(order -> checkField(type, order.field()));
        return type;
    }

    /** For operations on all that a query finds, whatever its order. */
    static <T> EntityType<T> checkUnordered(Query<T> query) {
        if (!query.orders().isEmpty() || query.after().isPresent() || query.limit() < Integer.MAX_VALUE) {
            throw new IllegalArgumentException("order, cursor and limit mean nothing here: " + query);
        }
        return check(query);
    }

    static <T> void checkField(RecordType<T> type, Field<T, ?> field) {
        boolean declared = type instanceof EntityType<T> stored
                ? field == stored.idField() || stored.position(field) >= 0
                : type.fields().contains(field);
        if (!declared) {
            throw new IllegalArgumentException(type.name() + " does not declare field '" + field + "'");
        }
    }

    static <T> void checkSet(RecordType<T> type, SetField<T, ?> set) {
        if (!type.sets().contains(set)) {
            throw new IllegalArgumentException(type.name() + " does not declare set '" + set + "'");
        }
    }

    private static <T> void check(RecordType<T> type, Condition<T> condition) {
        if (condition instanceof Condition.And<T> and) {
            and.parts().forEach(part -> check(type, part));
        } else if (condition instanceof Condition.Or<T> or) {
            or.parts().forEach(part -> check(type, part));
        } else if (condition instanceof Condition.Not<T> not) {
            check(type, not.part());
        } else if (condition instanceof Condition.Compare<T> compare) {
            checkField(type, compare.field());
        } else if (condition instanceof Condition.Between<T> between) {
            checkField(type, between.field());
        } else if (condition instanceof Condition.In<T> in) {
            checkField(type, in.field());
        } else if (condition instanceof Condition.StartsWith<T> starts) {
            checkField(type, starts.field());
        } else if (condition instanceof Condition.Present<T> present) {
            checkField(type, present.field());
        } else if (condition instanceof Condition.Any<T, ?> any) {
            checkAny(type, any);
        } else if (condition instanceof Condition.Aggregated<T, ?> aggregated) {
            checkAggregated(aggregated);
        } else {
            throw new IllegalArgumentException("relative time must be bound by asOf(now) first: " + condition);
        }
    }

    private static <T, E> void checkAny(RecordType<T> type, Condition.Any<T, E> any) {
        checkSet(type, any.set());
        check(any.set().element(), any.condition());
    }

    private static <R> void checkAggregated(Condition.Aggregated<?, R> aggregated) {
        if (!(aggregated.type() instanceof EntityType<R>)) {
            throw new IllegalArgumentException(aggregated.type().name() + " is not a stored type");
        }
        checkField(aggregated.type(), aggregated.by());
        check(aggregated.type(), aggregated.where());
        for (Condition.Having<R> having : aggregated.having()) {
            Field<R, ?> field = having.aggregate().field();
            if (field != null) {
                checkField(aggregated.type(), field);
            }
        }
    }
}
