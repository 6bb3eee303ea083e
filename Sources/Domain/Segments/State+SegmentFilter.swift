/// The filter of a segment, read and asked.
extension State {
  /// The form in which an event keeps a filter that a person has written.
  ///
  /// What asks for sealed fields is refused: a list that falls due by itself would tell of notes and
  /// needs whoever may see the list.
  func storedFilter(_ text: String) throws(Problem) -> String {
    let filter = try Filter(text, in: self)
    if filter.asksPersonal { throw .filterAsksPersonal }
    return filter.stored
  }

  /// The filter of a segment with the names that tags have now.
  package func filterText(of terms: SegmentTerms) -> String {
    (try? Filter(stored: terms.filter))?.text(in: self) ?? terms.filter
  }

  /// The tags that the filter of a segment asks about.
  package func tags(of segment: Segment) -> Set<TagID> {
    (try? Filter(stored: segment.terms.filter))?.tags(in: self) ?? []
  }

  /// Everybody who is in a segment at a moment.
  package func members(of segment: Segment, at now: Timestamp) throws(Problem) -> CustomerSet {
    try Filter(stored: segment.terms.filter).customers(in: self, at: now)
  }
}
