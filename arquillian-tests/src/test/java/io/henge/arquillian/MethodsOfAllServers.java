package io.henge.arquillian;

import static org.assertj.core.api.Assertions.assertThat;

import io.henge.arquillian.servers.Sample;
import java.util.List;

/** What annotated methods and injected caches do on one server is seen on all. */
final class MethodsOfAllServers {

  private MethodsOfAllServers() {}

  /**
   * Calls the methods of the sample application, each on another server.
   *
   * @param article one that no other test asks for
   */
  static void assertShareTheirCaches(List<Sample> servers, String article) {
    Sample first = servers.get(0);
    Sample last = servers.get(servers.size() - 1);
    String source = first.priceSource(article);
    assertThat(servers).allSatisfy(each -> assertThat(each.priceSource(article)).isEqualTo(source));
    servers.get(1).changePrice(article, 77);
    assertThat(servers).allSatisfy(each -> assertThat(each.priceCents(article)).isEqualTo(77));
    last.forgetPrice(article);
    String again = first.priceSource(article);
    assertThat(again).isNotEqualTo(source).isNotEqualTo("set by hand");
    assertThat(servers).allSatisfy(each -> assertThat(each.priceSource(article)).isEqualTo(again));

    String tour = first.tour(article);
    assertThat(servers).allSatisfy(each -> assertThat(each.tour(article)).isEqualTo(tour));
    last.cancelTour(article);
    String other = first.tour(article);
    assertThat(other).isNotEqualTo(tour);
    assertThat(servers).allSatisfy(each -> assertThat(each.tour(article)).isEqualTo(other));

    first.writeNote(article, "sold out");
    assertThat(servers).allSatisfy(each -> assertThat(each.note(article)).isEqualTo("sold out"));
  }
}
