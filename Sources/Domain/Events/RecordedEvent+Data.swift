extension RecordedEvent {
  /// The data as a value; an empty object where there is none.
  package func parsedData() throws(Problem) -> JSON {
    guard let data else { return .object([:]) }
    do {
      return try JSON(parsing: data)
    } catch {
      throw .logDamaged("data of event \(seq)")
    }
  }

  /// The first event of the import that it undoes, where it opens the history of its membership again.
  package func undoneImport() throws(Problem) -> Int64? {
    guard let cause, try parsedData().reopensHistory else { return nil }
    return cause
  }
}

extension JSON {
  /// The tag or the customer at the other end of a merge or of its undoing, as the data of the event
  /// names it.
  package var otherEnd: Int32? {
    (self["into"] ?? self["from"])?.int.flatMap(Int32.init(exactly:))
  }
}
