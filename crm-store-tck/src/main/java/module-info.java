/** The contract that every store passes. */
@org.jspecify.annotations.NullMarked
module dev.crmcore.store.tck {
    requires static transitive org.jspecify;
    requires transitive dev.crmcore.core;
}
