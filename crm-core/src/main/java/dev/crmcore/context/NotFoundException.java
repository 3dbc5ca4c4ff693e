package dev.crmcore.context;

import java.io.Serial;
import java.util.Objects;

/** The record that a call names does not exist, or not for this tenant. */
public final class NotFoundException extends CrmException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String type;
    private final String id;

    /**
     * Makes an exception.
     *
     * @param type the stored name of the record's type, such as {@code customer}
     * @param id what was looked up
     */
    public NotFoundException(String type, String id) {
        super("no " + Objects.requireNonNull(type, "type") + " " + Objects.requireNonNull(id, "id"), null);
        this.type = type;
        this.id = id;
    }

    /**
     * Makes an exception.
     *
     * @param type the stored name of the record's type, such as {@code customer}
     * @param id the id that was looked up
     */
    public NotFoundException(String type, EntityId id) {
        this(type, id.value().toString());
    }

    /**
     * What kind of record is missing.
     *
     * @return the stored name of its type
     */
    public String type() {
        return type;
    }

    /**
     * Which one is missing.
     *
     * @return its id as text
     */
    public String id() {
        return id;
    }
}
