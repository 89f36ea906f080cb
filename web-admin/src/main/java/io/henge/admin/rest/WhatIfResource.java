package io.henge.admin.rest;

import io.henge.admin.cluster.ClusterBean;
import io.henge.admin.cluster.Member;
import io.henge.admin.cluster.View;
import io.henge.admin.document.WhatIfDocument;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** May I do this? Foretells what would happen if members stopped; does nothing. */
@RequestScoped
@Path("/whatif")
@Produces(MediaType.APPLICATION_JSON)
public class WhatIfResource {

  private static final String SHAPE =
      "{\"stop\": [id or name, …], \"how\": \"crash\" or \"drain\"}";

  @Inject private Selection selection;
  @Inject private RequestBodies bodies;

  /** Foretells. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public WhatIfDocument whatIf(@QueryParam("cluster") String key, String body) {
    WhatIfQuestion question = bodies.read(body, WhatIfQuestion.class, SHAPE);
    if (question.stop() == null || question.stop().isEmpty() || !isHow(question.how())) {
      throw RequestBodies.malformed(SHAPE);
    }
    ClusterBean bean = selection.bean(key);
    return foretell(bean, question.stop(), question.how());
  }

  static WhatIfDocument foretell(ClusterBean bean, List<String> stop, String how) {
    View view = bean.view();
    List<String> ids =
        stop.stream().map(name -> MembersOf.member(view, name)).map(Member::id).distinct().toList();
    return WhatIfDocument.of(bean.whatIf(ids, how), view, bean.failovers());
  }

  private static boolean isHow(String how) {
    return "crash".equals(how) || "drain".equals(how);
  }
}
