package dev.crmcore.query;

import dev.crmcore.context.EntityId;
import dev.crmcore.value.JsonObject;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Conditions as JSON. One member tells the kind: {@code and}, {@code or}, {@code not}, {@code op} with a value or an
 * offset, {@code between}, {@code in}, {@code prefix}, {@code present}, {@code any}, {@code related}. Constants are
 * text, read by the kind of their field.
 */
final class ConditionJson<T> implements ConditionVisitor<T, JsonObject> {

    private ConditionJson() {}

    static <T> JsonObject write(Condition<T> condition) {
        return condition.accept(new ConditionJson<>());
    }

    @Override
    public JsonObject and(Condition.And<T> condition) {
        return JsonObject.builder().putObjects("and", all(condition.parts())).build();
    }

    @Override
    public JsonObject or(Condition.Or<T> condition) {
        return JsonObject.builder().putObjects("or", all(condition.parts())).build();
    }

    private List<JsonObject> all(List<Condition<T>> parts) {
        return parts.stream().map(part -> part.accept(this)).toList();
    }

    @Override
    public JsonObject not(Condition.Not<T> condition) {
        return JsonObject.builder().put("not", condition.part().accept(this)).build();
    }

    @Override
    public JsonObject compare(Condition.Compare<T> condition) {
        return on(condition.field())
                .put("op", condition.comparison().symbol())
                .put("value", text(condition.field(), condition.value()))
                .build();
    }

    @Override
    public JsonObject between(Condition.Between<T> condition) {
        Field<T, ?> field = condition.field();
        return on(field)
                .putTexts("between", List.of(text(field, condition.lower()), text(field, condition.upper())))
                .build();
    }

    @Override
    public JsonObject in(Condition.In<T> condition) {
        Field<T, ?> field = condition.field();
        return on(field)
                .putTexts(
                        "in",
                        condition.values().stream()
                                .map(value -> text(field, value))
                                .toList())
                .build();
    }

    @Override
    public JsonObject startsWith(Condition.StartsWith<T> condition) {
        return on(condition.field()).put("prefix", condition.prefix()).build();
    }

    @Override
    public JsonObject present(Condition.Present<T> condition) {
        return on(condition.field()).put("present", true).build();
    }

    @Override
    public JsonObject any(Condition.Any<T, ?> condition) {
        return JsonObject.builder()
                .put("set", condition.set().name())
                .put("any", write(condition.condition()))
                .build();
    }

    @Override
    public JsonObject relative(Condition.Relative<T> condition) {
        JsonObject.Builder json =
                on(condition.field()).put("op", condition.comparison().symbol());
        return condition.exact() != null
                ? json.put("fromNow", condition.exact().toString()).build()
                : json.put(
                                "fromToday",
                                Objects.requireNonNull(condition.calendar()).toString())
                        .put("zone", Objects.requireNonNull(condition.zone()).getId())
                        .build();
    }

    @Override
    public JsonObject aggregated(Condition.Aggregated<T, ?> condition) {
        return related(condition);
    }

    private static <R> JsonObject related(Condition.Aggregated<?, R> condition) {
        return JsonObject.builder()
                .put("related", condition.type().name())
                .put("by", condition.by().name())
                .put("where", write(condition.where()))
                .putObjects(
                        "having",
                        condition.having().stream().map(ConditionJson::having).toList())
                .build();
    }

    private static <R> JsonObject having(Condition.Having<R> having) {
        Field<R, ?> field = having.aggregate().field();
        JsonObject.Builder json = JsonObject.builder()
                .put("figure", having.aggregate().function().name().toLowerCase(Locale.ROOT));
        if (field != null) {
            json.put("field", field.name());
        }
        return json.put("op", having.comparison().symbol())
                .put("value", figureType(having.aggregate()).toText(having.value()))
                .build();
    }

    private static ScalarType<?> figureType(Aggregate<?> aggregate) {
        Field<?, ?> field = aggregate.field();
        return field == null || aggregate.function() == Aggregate.Function.COUNT_DISTINCT
                ? ScalarType.LONG
                : field.type();
    }

    private static JsonObject.Builder on(Field<?, ?> field) {
        return JsonObject.builder().put("field", field.name());
    }

    private static String text(Field<?, ?> field, Object value) {
        return field.type().toText(value);
    }

    static <T> Condition<T> parse(RecordType<T> type, Function<String, RecordType<?>> related, String json) {
        return new Parser(related).condition(type, JsonObject.parse(json), 0);
    }

    /** Reads conditions back; every name is looked up in the type, every constant read by its field's kind. */
    private record Parser(Function<String, RecordType<?>> types) {

        <T> Condition<T> condition(RecordType<T> type, JsonObject json, int depth) {
            if (depth >= Condition.MAX_DEPTH) {
                throw new IllegalArgumentException("a condition is nested at most " + Condition.MAX_DEPTH + " deep");
            }
            if (json.has("and")) {
                return new Condition.And<>(parts(type, json.objects("and"), depth));
            } else if (json.has("or")) {
                return new Condition.Or<>(parts(type, json.objects("or"), depth));
            } else if (json.has("not")) {
                return new Condition.Not<>(condition(type, json.requireObject("not"), depth + 1));
            } else if (json.has("any")) {
                return any(type.set(json.requireText("set")), json.requireObject("any"), depth);
            } else if (json.has("related")) {
                return related(type, types.apply(json.requireText("related")), json, depth);
            }
            return onField(type.field(json.requireText("field")), json);
        }

        private <T> List<Condition<T>> parts(RecordType<T> type, List<JsonObject> parts, int depth) {
            List<Condition<T>> conditions = new ArrayList<>(parts.size());
            for (JsonObject part : parts) {
                conditions.add(condition(type, part, depth + 1));
            }
            return conditions;
        }

        private <T, E> Condition<T> any(SetField<T, E> set, JsonObject condition, int depth) {
            return new Condition.Any<>(set, condition(set.element(), condition, depth + 1));
        }

        private <T> Condition<T> onField(Field<T, ?> field, JsonObject json) {
            if (json.has("between")) {
                List<Object> bounds = values(field, json.texts("between"));
                if (bounds.size() != 2) {
                    throw new IllegalArgumentException(field + ": a range has two bounds, not " + bounds.size());
                }
                return new Condition.Between<>(field, bounds.get(0), bounds.get(1));
            } else if (json.has("in")) {
                return new Condition.In<>(field, values(field, json.texts("in")));
            } else if (json.has("prefix")) {
                Object prefix = ScalarType.TEXT.fromText(field.name(), json.requireText("prefix"));
                return new Condition.StartsWith<>(field, (String) prefix);
            } else if (json.has("present")) {
                return json.requireBool("present") ? field.isPresent() : field.isAbsent();
            }
            Comparison comparison = Comparison.ofSymbol(json.requireText("op"));
            if (json.has("fromNow") || json.has("fromToday")) {
                return relative(field, comparison, json);
            }
            return new Condition.Compare<>(field, comparison, value(field, json.requireText("value")));
        }

        private static <T> Condition<T> relative(Field<T, ?> field, Comparison comparison, JsonObject json) {
            try {
                Optional<String> exact = json.text("fromNow");
                return exact.isPresent()
                        ? Condition.Relative.of(field, comparison, Duration.parse(exact.get()))
                        : Condition.Relative.of(
                                field,
                                comparison,
                                Period.parse(json.requireText("fromToday")),
                                ZoneId.of(json.requireText("zone")));
            } catch (DateTimeException | IllegalStateException e) {
                throw new IllegalArgumentException(field + ": " + e.getMessage(), e);
            }
        }

        private static List<Object> values(Field<?, ?> field, List<String> texts) {
            return texts.stream().map(text -> value(field, text)).toList();
        }

        private static Object value(Field<?, ?> field, String text) {
            try {
                return field.type().fromText(field.name(), text);
            } catch (IllegalArgumentException e) {
                if (field.isPersonal()) {
                    throw new IllegalArgumentException(
                            field.name() + ": not a valid " + field.type().kind()); // not even as a cause: it quotes
                }
                throw e;
            }
        }

        private <T, R> Condition<T> related(RecordType<T> owner, RecordType<R> type, JsonObject json, int depth) {
            List<Condition.Having<R>> having = new ArrayList<>();
            for (JsonObject figure : json.objects("having")) {
                having.add(having(type, figure));
            }
            return new Condition.Aggregated<>(
                    owner,
                    type,
                    idField(type, json.requireText("by")),
                    condition(type, json.requireObject("where"), depth + 1),
                    having);
        }

        @SuppressWarnings("unchecked") // a field of kind ID holds an EntityId unless declared over a bare UUID
        private static <R> Field<R, ? extends EntityId> idField(RecordType<R> type, String name) {
            Field<R, ?> field = type.field(name);
            if (field.type().kind() != ScalarKind.ID) {
                throw new IllegalArgumentException(type.name() + "." + name + " does not name a record");
            }
            return (Field<R, ? extends EntityId>) field;
        }

        private static <R> Condition.Having<R> having(RecordType<R> type, JsonObject json) {
            Aggregate<R> aggregate = aggregate(type, json);
            String text = json.requireText("value");
            return new Condition.Having<>(
                    aggregate,
                    Comparison.ofSymbol(json.requireText("op")),
                    figureType(aggregate).fromText(json.requireText("figure"), text));
        }

        private static <R> Aggregate<R> aggregate(RecordType<R> type, JsonObject json) {
            String figure = json.requireText("figure");
            return switch (figure) {
                case "count" -> Aggregate.count();
                case "count_distinct" -> Aggregate.countDistinct(type.field(json.requireText("field")));
                case "sum" -> Aggregate.sum(type.field(json.requireText("field")));
                case "min" -> Aggregate.min(type.field(json.requireText("field")));
                case "max" -> Aggregate.max(type.field(json.requireText("field")));
                default -> throw new IllegalArgumentException("unknown figure '" + figure + "'");
            };
        }
    }
}
