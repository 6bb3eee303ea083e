/// Something of segments that a command has changed.
package enum SegmentSubject: Hashable, Sendable {
  case segment(SegmentID)
  case work(SegmentID, CustomerID)
  case rfm
}

extension SegmentChange {
  var subject: SegmentSubject? {
    switch self {
    case .created(let id, _), .revised(let id, _), .removed(let id, _), .restored(let id, _):
      .segment(id)
    case .worked(_, let id, let customer, _, _): .work(id, customer)
    case .rfmConfigured: .rfm
    case .due: nil
    }
  }
}

extension Undoing {
  /// Sets segments back, what has been done about customers of lists, and how RFM is scored.
  mutating func undoSegments() throws(Problem) {
    for subject in undo.segments {
      if let touch = undo.touched[.segments(subject)] {
        leave(.segments(subject), .changed(touch))
        continue
      }
      switch subject {
      case .segment(let id): try setBack(id)
      case .work(let id, let customer): try setBack(customer, on: id)
      case .rfm:
        guard let change = SegmentChange.Pair(state.rfm.settings, before.rfm.settings) else {
          continue
        }
        guard !change.to.isByQuantiles || !state.hasRulesOnRFM else {
          leave(.segments(.rfm), .changed(nil))
          continue
        }
        try record(SegmentChange.rfmConfigured(change).event())
      }
    }
  }

  private mutating func setBack(_ id: SegmentID) throws(Problem) {
    guard let present = state.segments[id] else { return }
    guard let old = before.segments[id], !old.isRemoved else {
      if !present.isRemoved {
        try record(SegmentChange.removed(id, name: present.terms.name).event())
      }
      return
    }
    if let other = state.segments.segment(named: old.terms.name), other.id != id {
      return leave(.segments(.segment(id)), .changed(nil))
    }
    if present.isRemoved {
      try record(SegmentChange.restored(id, name: present.terms.name).event())
    }
    let revision = SegmentChange.Revision(from: present.terms, to: old.terms)
    if !revision.isEmpty { try record(SegmentChange.revised(id, revision).event()) }
  }

  private mutating func setBack(_ customer: CustomerID, on id: SegmentID) throws(Problem) {
    guard let list = state.segments[id]?.list, let old = before.segments[id]?.list,
      old.day == list.day
    else { return leave(.segments(.work(id, customer)), .changed(nil)) }
    let (wanted, present) = (old[customer], list[customer])
    guard wanted != present else { return }
    func act(_ act: WorkAct, by holder: OperatorID?) throws(Problem) {
      try record(SegmentChange.worked(act, id, customer, list.day, by: holder).event())
    }
    try act(.reopen, by: nil)
    if let taken = wanted.taken { try act(.take, by: taken.by) }
    if let settled = wanted.settled {
      try act(settled.isDone ? .done : .skip, by: settled.stamp.by)
    }
  }
}
