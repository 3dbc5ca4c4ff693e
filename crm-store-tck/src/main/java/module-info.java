/** The contract that every store passes, as a kit of tests that an adapter's author runs. */
@org.jspecify.annotations.NullMarked
module dev.crmcore.store.tck {
    requires static transitive org.jspecify;
    requires transitive dev.crmcore.core;
    requires transitive org.junit.jupiter.api;
    requires org.assertj.core;

    exports dev.crmcore.store.tck;

    // The cases stand in classes that are not public
    opens dev.crmcore.store.tck to
            org.junit.platform.commons;
}
