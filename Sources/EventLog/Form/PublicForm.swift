internal import Domain

/// Writes the public form of events: a CloudEvent 1.0 in canonical JSON (RFC 8785).
///
/// The bytes are a format: they are what is hashed, proved and downloaded, for ever. Keys stand in the
/// order RFC 8785 asks for, so the form is written straight through, without a tree of values.
struct PublicForm: Sendable {
  /// The most bytes a form may have: an entry of a C2SP entry bundle carries its length in 16 bits.
  static let byteLimit = 65_535

  /// `,"source":"…","specversion":"1.0"`, the same in every event.
  private let source: [UInt8]

  init(origin: String) {
    source =
      Array(",\"source\":".utf8) + Self.quoted(origin) + Array(",\"specversion\":\"1.0\"".utf8)
  }

  /// A string as it stands in a form, quotes included.
  static func quoted(_ text: String) -> [UInt8] {
    var writer = ByteWriter(capacity: text.utf8.count * 6 + 2)
    var text = text
    text.withUTF8 { writer.write(quoted: UnsafeRawBufferPointer($0)) }
    return Array(writer.bytes)
  }

  /// What a form is made of, in pieces that need no further work.
  ///
  /// 0 stands for an absent tag, customer or cause, since none of them has that number.
  struct Parts {
    var seq: Int64
    var at: Int64
    var type: EventType
    var tag: Int32 = 0
    var customer: Int32 = 0
    /// The actor's name in quotes, as the form holds it.
    var actor: [UInt8]
    var via: Via
    var cause: Int64 = 0
    var occurred: Int64?
    var command: CommandID
    var credential: Int64?
    var reason: UnsafeRawBufferPointer?
    var data: UnsafeRawBufferPointer?
  }

  /// Appends the form of one event.
  func write(_ parts: Parts, to out: inout ByteWriter) {
    out.write("{\"actor\":")
    out.write(parts.actor)
    if parts.cause != 0 {
      out.write(",\"cause\":\"")
      out.write(decimal: parts.cause)
      out.write(UInt8(ascii: "\""))
    }
    out.write(",\"command\":\"")
    out.write(uuid: parts.command.high, parts.command.low)
    out.write(UInt8(ascii: "\""))
    if let credential = parts.credential {
      out.write(",\"credential\":\"")
      out.write(decimal: credential)
      out.write(UInt8(ascii: "\""))
    }
    if parts.customer != 0 {
      out.write(",\"customer\":")
      out.write(decimal: Int64(parts.customer))
    }
    if let data = parts.data {
      out.write(",\"data\":")
      out.write(data)
      out.write(",\"datacontenttype\":\"application/json\"")
    }
    out.write(",\"id\":\"")
    out.write(decimal: parts.seq)
    if let occurred = parts.occurred {
      out.write("\",\"occurred\":\"")
      Self.writeTime(occurred, to: &out)
    }
    if let reason = parts.reason {
      out.write("\",\"reason\":")
      out.write(quoted: reason)
      out.write(",\"sequence\":\"")
    } else {
      out.write("\",\"sequence\":\"")
    }
    out.write(padded: parts.seq, width: 20)
    out.write(UInt8(ascii: "\""))
    out.write(source)
    if parts.tag != 0 {
      out.write(",\"tag\":")
      out.write(decimal: Int64(parts.tag))
    }
    out.write(",\"time\":\"")
    Self.writeTime(parts.at, to: &out)
    out.write("\",\"type\":\"")
    out.write(parts.type.formName)
    out.write("\",\"via\":\"")
    out.write(parts.via.formName)
    out.write("\"}")
  }

  /// The times that have four digits for the year, in µs since 1970: 0000-01-01 to 9999-12-31.
  static let times: ClosedRange<Int64> = -62_167_219_200_000_000...253_402_300_799_999_999

  /// RFC 3339 in UTC with six fractional digits. Times outside `times` are brought to its ends.
  static func writeTime(_ microseconds: Int64, to out: inout ByteWriter) {
    let time = min(max(microseconds, times.lowerBound), times.upperBound)
    var days = time / 86_400_000_000
    var rest = time % 86_400_000_000
    if rest < 0 {
      rest += 86_400_000_000
      days -= 1
    }
    // Days to civil date: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    out.write(padded: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), width: 4)
    out.write(UInt8(ascii: "-"))
    out.write(padded: month, width: 2)
    out.write(UInt8(ascii: "-"))
    out.write(padded: dayOfYear - (153 * shiftedMonth + 2) / 5 + 1, width: 2)
    out.write(UInt8(ascii: "T"))
    let seconds = rest / 1_000_000
    out.write(padded: seconds / 3600, width: 2)
    out.write(UInt8(ascii: ":"))
    out.write(padded: seconds / 60 % 60, width: 2)
    out.write(UInt8(ascii: ":"))
    out.write(padded: seconds % 60, width: 2)
    out.write(UInt8(ascii: "."))
    out.write(padded: rest % 1_000_000, width: 6)
    out.write(UInt8(ascii: "Z"))
  }
}
