/** Customers, what happened with them, and the port through which a host's database keeps it. */
@org.jspecify.annotations.NullMarked
module dev.crmcore.core {
    requires static transitive org.jspecify;
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.uuid;
    requires com.google.i18n.phonenumbers.libphonenumber;
    requires de.siegmar.fastcsv;
    requires org.slf4j;

    exports dev.crmcore;
    exports dev.crmcore.calendar;
    exports dev.crmcore.context;
    exports dev.crmcore.customer;
    exports dev.crmcore.event;
    exports dev.crmcore.exchange;
    exports dev.crmcore.feedback;
    exports dev.crmcore.interaction;
    exports dev.crmcore.purchase;
    exports dev.crmcore.query;
    exports dev.crmcore.store;
    exports dev.crmcore.store.memory;
    exports dev.crmcore.value;
    exports dev.crmcore.work;
}
