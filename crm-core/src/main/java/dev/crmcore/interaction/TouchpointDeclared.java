package dev.crmcore.interaction;

import dev.crmcore.event.DomainEvent;
import java.util.Objects;

/**
 * A touchpoint was declared, or something else was said of it.
 *
 * @param touchpoint which
 */
public record TouchpointDeclared(TouchpointId touchpoint) implements DomainEvent {

    /**
     * Checks the id.
     *
     * @param touchpoint which
     */
    public TouchpointDeclared {
        Objects.requireNonNull(touchpoint, "touchpoint");
    }

    @Override
    public String type() {
        return "touchpoint.declared";
    }

    @Override
    public String subjectType() {
        return Touchpoint.TYPE.name();
    }

    @Override
    public TouchpointId subjectId() {
        return touchpoint;
    }
}
