package io.henge.admin.rest;

import io.henge.admin.cluster.Member;
import io.henge.admin.cluster.View;

/** Finds a member by its id or by its name. */
final class MembersOf {

  private MembersOf() {}

  static Member member(View view, String idOrName) {
    return view.members().stream()
        .filter(member -> member.id().equals(idOrName) || member.name().equals(idOrName))
        .findFirst()
        .orElseThrow(
            () ->
                new ProblemException(
                    Problem.of(
                        404,
                        "UNKNOWN_MEMBER",
                        "No such member",
                        "No member has the id or the name "
                            + idOrName
                            + ". It may have left: see /failovers and /log.")));
  }
}
