package dev.crmcore.jdbc;

import dev.crmcore.query.Field;
import dev.crmcore.query.ScalarKind;
import org.jspecify.annotations.Nullable;

/**
 * A field's column.
 *
 * @param kind the kind of its values
 * @param required whether it is never null
 * @param name the quoted name
 * @param keyName the quoted name of a generated column beside it that sorts as the contract says, where there is one
 */
record Column(
        ScalarKind kind,
        boolean required,
        String name,
        @Nullable String keyName) {

    static Column of(Field<?, ?> field, String name, @Nullable String keyName) {
        return new Column(field.type().kind(), field.isRequired(), name, keyName);
    }

    String in(String alias) {
        return alias + "." + name;
    }
}
