package dev.crmcore.jdbc;

import dev.crmcore.query.Field;
import dev.crmcore.query.SetField;

/** Where the fields of a record or of an element lie. */
interface Columns {

    /** The quoted name of the table. */
    String name();

    /** The column of a declared field. */
    Column column(Field<?, ?> field);

    /** The side table of a declared set-valued field. */
    SetTable table(SetField<?, ?> field);
}
