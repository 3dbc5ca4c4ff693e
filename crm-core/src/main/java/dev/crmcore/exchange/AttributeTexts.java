package dev.crmcore.exchange;

import dev.crmcore.customer.AttributeDefinition;
import dev.crmcore.customer.AttributeType;
import dev.crmcore.customer.AttributeValue;
import dev.crmcore.value.InvalidValueException;
import dev.crmcore.value.Money;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Values of attributes as cells of a file have them. */
final class AttributeTexts {

    private AttributeTexts() {}

    /** The value of a declared attribute as its type has it; of another one the text. */
    static AttributeValue read(String text, Optional<AttributeDefinition> definition, ZoneId zone) {
        return switch (definition
                .map(AttributeDefinition::type)
                .map(AttributeType::kind)
                .orElse(AttributeValue.Kind.TEXT)) {
            case TEXT -> AttributeValue.of(text);
            case NUMBER -> AttributeValue.of(RowReading.decimal(text));
            case MONEY -> AttributeValue.of(money(text));
            case BOOL -> AttributeValue.of(bool(text));
            case DATE -> AttributeValue.of(RowReading.date(text));
            case INSTANT -> AttributeValue.of(RowReading.instant(text, zone));
        };
    }

    private static Money money(String text) {
        int space = text.lastIndexOf(' ');
        if (space < 0) {
            throw new InvalidValueException(
                    "amount of money", text, "is not an amount with its currency such as 14.50 EUR");
        }
        return Money.of(text.substring(0, space).strip(), text.substring(space + 1));
    }

    private static boolean bool(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new InvalidValueException("attribute", text, "is neither true nor false");
        };
    }

    /** One form for all that means the same. */
    static String write(List<AttributeValue> values) {
        return values.stream().map(AttributeTexts::write).collect(Collectors.joining("\n"));
    }

    private static String write(AttributeValue value) {
        return switch (value.kind()) {
            case TEXT -> value.text().orElseThrow();
            case NUMBER -> value.number().orElseThrow().toPlainString();
            case MONEY -> {
                Money money = value.money().orElseThrow();
                yield money.amount().stripTrailingZeros().toPlainString() + " " + money.currencyCode();
            }
            case BOOL -> value.bool().orElseThrow().toString();
            case DATE -> value.date().orElseThrow().toString();
            case INSTANT -> value.instant().orElseThrow().toString();
        };
    }
}
