internal import Domain

extension PublicForm {
  /// Appends the form of a recorded event; `actor` is its actor's name in quotes.
  func write(_ event: RecordedEvent, actor: [UInt8], to out: inout ByteWriter) {
    var parts = Parts(
      seq: event.seq, at: event.at.rawValue, type: event.type, tag: event.tag?.rawValue ?? 0,
      customer: event.customer?.rawValue ?? 0, actor: actor, via: event.actor.via,
      cause: event.cause ?? 0, occurred: event.occurred?.rawValue, command: event.command,
      credential: event.actor.credential)
    Self.withBytes(event.reason) { reason in
      Self.withBytes(event.data) { data in
        parts.reason = reason
        parts.data = data
        write(parts, to: &out)
      }
    }
  }

  private static func withBytes(_ text: String?, _ body: (UnsafeRawBufferPointer?) -> Void) {
    guard var text else { return body(nil) }
    text.withUTF8 { body(UnsafeRawBufferPointer($0)) }
  }
}
