package dev.crmcore.customer;

import dev.crmcore.query.ElementType;
import dev.crmcore.query.Field;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/** Tags as elements of a record: words that a person is sorted by say something of the person. */
final class Tags {

    private static final Field<String, String> ITEM =
            Field.<String>text("item", tag -> tag).required().indexed().personal();

    static final ElementType<String> ELEMENT = ElementType.of("tag", values -> values.require(ITEM), ITEM);

    private Tags() {}

    static Set<String> checked(Collection<String> tags) {
        Set<String> checked = new LinkedHashSet<>();
        tags.forEach(tag -> checked.add(Texts.key("tag", tag)));
        return Collections.unmodifiableSet(checked);
    }
}
