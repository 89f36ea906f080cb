package io.henge.admin.fake;

import io.henge.replication.node.management.ClusterView;
import io.henge.replication.node.management.MemberView;
import io.henge.replication.node.management.MoveView;
import io.henge.replication.node.management.WhatIfView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What the script foretells: the next in-sync copy leads, the next member gets a copy. */
final class ScriptedOutlook {

  private static final int BYTES_OF_ENTRY = 900;
  private static final int ENTRIES_OF_COPY = 2100;

  private final ClusterView view;
  private final List<String> stopped;
  private final List<Integer> lost = new ArrayList<>();
  private final List<Integer> single = new ArrayList<>();
  private final List<Integer> reduced = new ArrayList<>();
  private final List<MoveView> moves = new ArrayList<>();

  private ScriptedOutlook(ClusterView view, List<String> stopped) {
    this.view = view;
    this.stopped = stopped;
  }

  static WhatIfView of(ClusterView view, List<String> stopped, String how) {
    List<String> known = Arrays.stream(view.getMembers()).map(MemberView::getId).toList();
    if (stopped.isEmpty() || !known.containsAll(stopped)) {
      throw new IllegalArgumentException("name members of the cluster, at least one");
    }
    if (!how.equals("crash") && !how.equals("drain")) {
      throw new IllegalArgumentException("how is crash or drain, not " + how);
    }
    return new ScriptedOutlook(view, stopped).look(how);
  }

  private WhatIfView look(String how) {
    List<MemberView> left =
        Arrays.stream(view.getMembers()).filter(m -> !stopped.contains(m.getId())).toList();
    int[] primaries = new int[left.size()];
    for (int p = 0; p < view.getPartitions().length; p++) {
      int leads = partition(p, left);
      if (leads >= 0) {
        primaries[leads]++;
      }
    }
    int voters = view.getVoterIds().length;
    int up =
        (int) Arrays.stream(view.getVoterIds()).filter(voter -> !stopped.contains(voter)).count();
    boolean majority = up > voters / 2;
    int copies = (int) moves.stream().filter(move -> move.getKind().equals("COPY")).count();
    return new WhatIfView(
        view.getSlot(),
        how,
        majority,
        up,
        voters,
        numbers(how.equals("drain") ? List.of() : lost),
        numbers(how.equals("drain") ? List.of() : single),
        numbers(how.equals("drain") ? List.of() : reduced),
        moves.toArray(MoveView[]::new),
        (long) copies * ENTRIES_OF_COPY,
        (long) copies * ENTRIES_OF_COPY * BYTES_OF_ENTRY,
        left.stream().map(MemberView::getId).toArray(String[]::new),
        primaries,
        refusal(how, majority));
  }

  private String refusal(String how, boolean majority) {
    if (!majority) {
      return "No majority of the voters would be left: everything would stop.";
    }
    return how.equals("crash") && !lost.isEmpty()
        ? lost.size() + " partitions would lose their last copy."
        : "";
  }

  /** The place among those left of the member that would lead; -1 if none. */
  private int partition(int p, List<MemberView> left) {
    long[] row = view.getPartitions()[p];
    List<String> synced = new ArrayList<>();
    List<String> holders = new ArrayList<>();
    for (int i = 3; i < row.length; i++) {
      if (row[i] >= 0) {
        String id = view.getMembers()[(int) row[i]].getId();
        holders.add(id);
        if (i < 3 + row[2]) {
          synced.add(id);
        }
      }
    }
    List<String> kept = synced.stream().filter(id -> !stopped.contains(id)).toList();
    if (kept.isEmpty()) {
      lost.add(p);
      return -1;
    }
    if (!synced.get(0).equals(kept.get(0))) {
      moves.add(new MoveView("PRIMARY", p, synced.get(0), kept.get(0)));
    }
    if (kept.size() < synced.size()) {
      reduced.add(p);
      if (kept.size() == 1) {
        single.add(p);
      }
      left.stream()
          .map(MemberView::getId)
          .filter(id -> !holders.contains(id))
          .findFirst()
          .ifPresent(to -> moves.add(new MoveView("COPY", p, kept.get(0), to)));
    }
    for (int i = 0; i < left.size(); i++) {
      if (left.get(i).getId().equals(kept.get(0))) {
        return i;
      }
    }
    return -1;
  }

  private static int[] numbers(List<Integer> list) {
    return list.stream().mapToInt(Integer::intValue).toArray();
  }
}
