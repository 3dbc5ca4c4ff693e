/** Customers, what happened with them, and the port through which a host's database keeps it. */
@org.jspecify.annotations.NullMarked
module dev.crmcore.core {
    requires static transitive org.jspecify;

    exports dev.crmcore.context;
}
