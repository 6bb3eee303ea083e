import APITypes
import Domain

// What is asked for seldom goes through Codable.
extension TagReceipt: Writable {}
extension TagsReceipt: Writable {}
extension DeleteReceipt: Writable {}
extension MergeReceipt: Writable {}
extension CustomerReceipt: Writable {}
extension ErasureReceipt: Writable {}
extension Status: Writable {}

// What is asked for often writes its own bytes; a test holds them against Codable's.
extension MembershipReceipt: Writable {
  func write(to bytes: inout [UInt8]) {
    var object = JSONObject(&bytes)
    object.name("seq", &bytes)
    if let seq {
      bytes.append(UInt8(ascii: "["))
      JSON.write(seq[0], to: &bytes)
      bytes.append(UInt8(ascii: ","))
      JSON.write(seq[1], to: &bytes)
      bytes.append(UInt8(ascii: "]"))
    } else {
      bytes += "null".utf8
    }
    object.text("command", command, &bytes)
    object.flag("dry_run", dryRun, &bytes)
    object.integer("applied", Int64(applied), &bytes)
    object.integer("removed", Int64(removed), &bytes)
    object.integer("unchanged", Int64(unchanged), &bytes)
    object.integer("displaced", Int64(displaced), &bytes)
    object.end(&bytes)
  }
}

extension Change: Writable {
  func write(to bytes: inout [UInt8]) {
    var object = JSONObject(&bytes)
    object.integer("seq", seq, &bytes)
    object.text("at", at, &bytes)
    object.text("occurred", occurred, &bytes)
    object.text("actor", actor, &bytes)
    object.text("via", via, &bytes)
    object.text("type", type, &bytes)
    object.reference("tag", tag, &bytes)
    object.reference("customer", customer, &bytes)
    object.values("before", before, &bytes)
    object.values("after", after, &bytes)
    object.text("reason", reason, &bytes)
    object.text("command", command, &bytes)
    object.integer("cause", cause, &bytes)
    object.text("sentence", sentence, &bytes)
    object.end(&bytes)
  }
}

extension JSONObject {
  mutating func reference(_ name: StaticString, _ value: Reference?, _ bytes: inout [UInt8]) {
    guard let value else { return }
    self.name(name, &bytes)
    var object = JSONObject(&bytes)
    object.integer("id", Int64(value.id), &bytes)
    object.text("name", value.name, &bytes)
    object.end(&bytes)
  }

  mutating func values(
    _ name: StaticString, _ value: [String: JSONValue]?, _ bytes: inout [UInt8]
  ) {
    guard let value else { return }
    self.name(name, &bytes)
    JSON.object(value.mapValues(JSON.init)).write(to: &bytes)
  }
}

extension JSON {
  init(_ value: JSONValue) {
    self =
      switch value {
      case .null: .null
      case .bool(let value): .bool(value)
      case .int(let value): .int(value)
      case .string(let value): .string(value)
      case .array(let values): .array(values.map(JSON.init))
      case .object(let members): .object(members.mapValues(JSON.init))
      }
  }
}

extension JSONValue {
  init(_ value: JSON) {
    self =
      switch value {
      case .null: .null
      case .bool(let value): .bool(value)
      case .int(let value): .int(value)
      case .string(let value): .string(value)
      case .array(let values): .array(values.map(JSONValue.init))
      case .object(let members): .object(members.mapValues(JSONValue.init))
      }
  }
}
