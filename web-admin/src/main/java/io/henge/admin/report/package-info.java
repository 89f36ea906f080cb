/** What somebody takes away: a failover as one HTML file that needs nothing else. */
package io.henge.admin.report;
