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
}
