/** A store on any database behind JDBC. */
@org.jspecify.annotations.NullMarked
module dev.crmcore.jdbc {
    requires static transitive org.jspecify;
    requires transitive dev.crmcore.core;
    requires transitive java.sql;
    requires org.slf4j;

    exports dev.crmcore.jdbc;
}
