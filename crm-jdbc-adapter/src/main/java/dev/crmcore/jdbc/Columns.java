package dev.crmcore.jdbc;

import dev.crmcore.query.Field;
import dev.crmcore.query.SetField;
import java.util.List;

/** Where the fields of a record or of an element lie. */
interface Columns {

    /** The quoted name of the table. */
    String name();

    /** Lists of fields by whose values a tenant has one row at most. */
    List<List<? extends Field<?, ?>>> keys();

    /** The column of a declared field. */
    Column column(Field<?, ?> field);

    /** The side table of a declared set-valued field. */
    SetTable table(SetField<?, ?> field);
}
