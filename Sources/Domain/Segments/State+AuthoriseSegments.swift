/// Who may do what with segments and the work on them.
extension State {
  func authorise(
    _ command: SegmentCommand, with powers: Powers, at time: Timestamp
  ) throws(Problem) {
    switch command {
    case .create, .adopt, .revise, .remove, .configureRFM:
      try authorise(powers, .segmentsWrite, for: .all, at: time)
    case .work: try authorise(powers, .segmentsWork, for: .all, at: time)
    case .fallDue:
      // The daemon's own, which holds everything.
      guard powers == .everything else {
        return try authorise(powers, .serviceManage, for: .all, at: time)
      }
    }
  }

  /// One works for oneself, and on the lists of one's own roles; who may change segments may do so for
  /// others and on any list.
  func authoriseWork(
    _ event: Event, by actor: Actor, with powers: Powers, at time: Timestamp
  ) throws(Problem) {
    if powers.everywhere.contains(.segmentsWrite) { return }
    try authorise(powers, .segmentsWork, for: .all, at: time)
    let holder = OperatorID(json: event.data?["operator"])
    guard let own = actor.operator, holder == nil || holder == own else {
      return try authorise(powers, .segmentsWrite, for: .all, at: time)
    }
    guard let id = SegmentID(json: event.data?["segment"]),
      let routine = segments[id]?.terms.routine, let role = routine.role
    else { return }
    guard works(own, routine, at: time) else { throw .workOfRole(role) }
  }
}
