import Foundation
import Proof
import Testing

/// The worked example of the formats: secret key 00 01 … 1f, the 7-leaf tree of the RFC's vectors.
enum Example {
  static let note = """
    tagd.example/acme
    7
    3bib5AOAnjJXUNPSY814kpwpQreUKjS3fhIslZSnTIw=

    — tagd.example/acme 9hyV5RhBUl6kXuh5saVaqKd+NTXfbn2m0T9jXS9PZz5+riGlqu/sYAdH+THwj6ViBEP5fkn5kGkfYRa1Xj8piIB3jwc=

    """
  static let verifier =
    "tagd.example/acme+f61c95e5+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4"
  static let origin = "tagd.example/acme"
  static let key = SigningKey(name: origin, seed: Array(0..<32))!
  static var verifierKey: VerifierKey { key.verifier }

  /// The leaves of the RFC's reference tree.
  static let leaves = [
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
  ].map { Hex.bytes($0)! }

  static func root(_ range: Range<Int>) -> TreeHash {
    if range.count == 1 { return .leaf(leaves[range.lowerBound]) }
    var half = 1
    while half * 2 < range.count { half *= 2 }
    let middle = range.lowerBound + half
    return .node(root(range.lowerBound..<middle), root(middle..<range.upperBound))
  }
}

struct NoteTests {
  @Test func `the worked example is signed and written to the byte`() throws {
    let head = TreeHead(size: 7, root: Example.root(0..<7))
    let checkpoint = Checkpoint(origin: Example.origin, head: head)
    let note = Example.key.sign(checkpoint.text)
    #expect(String(decoding: note.bytes, as: UTF8.self) == Example.note)
    #expect(Example.verifierKey.description == Example.verifier)
  }

  @Test func `the worked example is read and verified`() throws {
    let key = try VerifierKey(parsing: Example.verifier)
    #expect(key == Example.verifierKey)
    let note = try SignedNote(parsing: Array(Example.note.utf8))
    try note.verify([key])
    let checkpoint = try Checkpoint(parsing: note.text)
    #expect(checkpoint.origin == Example.origin)
    #expect(checkpoint.head == TreeHead(size: 7, root: Example.root(0..<7)))
    #expect(note.bytes == Array(Example.note.utf8))
  }

  @Test func `signatures by others are passed over, and a wrong one in a trusted name is not`()
    throws
  {
    let other = SigningKey(name: "witness.example", seed: Array(1..<33))!
    let own = try SignedNote(parsing: Array(Example.note.utf8))
    let cosigned = SignedNote(
      text: own.text, signatures: other.sign(own.text).signatures + own.signatures)
    let read = try SignedNote(parsing: cosigned.bytes)
    #expect(read.signatures.count == 2)
    try read.verify([Example.verifierKey])
    #expect(throws: ProofFault.keyUnknown(name: "witness.example")) {
      try other.sign(own.text).verify([Example.verifierKey])
    }
    let forged = SignedNote(
      text: own.text,
      signatures: own.signatures + [
        .init(
          name: Example.origin, keyID: Example.verifierKey.id, bytes: Array(repeating: 7, count: 64)
        )
      ])
    #expect(throws: ProofFault.signatureWrong(name: Example.origin)) {
      try forged.verify([Example.verifierKey])
    }
  }

  @Test func `a text with empty lines ends at the last of them`() throws {
    let text = "one\n\ntwo\n"
    let note = try SignedNote(parsing: Example.key.sign(text).bytes)
    #expect(note.text == text)
    try note.verify([Example.verifierKey])
  }

  @Test(arguments: [
    ("no signature", "text\n\n"), ("no empty line", "text\n— a AAAAAAA=\n"),
    ("no last newline", String(Example.note.dropLast())), ("nothing", ""), ("only a gap", "\n\n"),
    ("a hyphen", Example.note.replacing("—", with: "-")),
    ("two spaces", Example.note.replacing("acme 9", with: "acme  9")),
    ("a tab", Example.note.replacing("acme 9", with: "acme\t9")),
    ("no name", Example.note.replacing("— tagd.example/acme ", with: "—  ")),
    ("a plus in the name", Example.note.replacing("— tagd", with: "— ta+gd")),
    ("a wide space in the name", Example.note.replacing("— tagd", with: "— ta\u{3000}gd")),
    ("a carriage return", Example.note.replacing("\n7\n", with: "\r\n7\n")),
    ("an id without a signature", "a\n\n— a AAAAAA==\n"),
    ("bits behind the base64", Example.note.replacing("jwc=", with: "jwd=")),
    ("a line behind", Example.note + "more\n"),
  ])
  func `a note that is not written as it must be is refused`(what: String, text: String) {
    #expect(throws: ProofFault.self, "\(what)") { try SignedNote(parsing: Array(text.utf8)) }
  }

  @Test func `too large a note, or one with too many signatures, is refused`() {
    let line = Example.note.split(separator: "\n").last!
    let many = "a\n\n" + String(repeating: line + "\n", count: SignedNote.signatureLimit + 1)
    #expect(throws: ProofFault.self) { try SignedNote(parsing: Array(many.utf8)) }
    let large = String(repeating: "a\n", count: SignedNote.byteLimit) + "\n" + line + "\n"
    #expect(throws: ProofFault.self) { try SignedNote(parsing: Array(large.utf8)) }
  }

  @Test(arguments: [
    "a\n07\n3bib5AOAnjJXUNPSY814kpwpQreUKjS3fhIslZSnTIw=\n",
    "a\n-7\n3bib5AOAnjJXUNPSY814kpwpQreUKjS3fhIslZSnTIw=\n",
    "a\n9223372036854775808\n3bib5AOAnjJXUNPSY814kpwpQreUKjS3fhIslZSnTIw=\n",
    "a\n7\n3bib5AOAnjJXUNPSY814kpwpQreUKjS3fhIslZSnTI==\n",
    "a\n7\n3bib5AOAnjJXUNPSY814kpwpQreUKjS3fhIslZSnTIw=",
    "a\n7\n", "\n7\n3bib5AOAnjJXUNPSY814kpwpQreUKjS3fhIslZSnTIw=\n",
    "a\n7\n3bib5AOAnjJXUNPSY814kpwpQreUKjS3fhIslZSnTIw=\n\nmore\n",
  ])
  func `a checkpoint that is not written as it must be is refused`(text: String) {
    #expect(throws: ProofFault.self) { try Checkpoint(parsing: text) }
  }

  @Test func `lines behind the root are kept`() throws {
    let head = TreeHead(size: 7, root: Example.root(0..<7))
    let checkpoint = Checkpoint(origin: "a", head: head, extensions: ["x y", "z"])
    #expect(try Checkpoint(parsing: checkpoint.text) == checkpoint)
  }

  @Test(arguments: [
    "tagd.example/acme+f61c95e4+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4",
    "tagd.example/acm+f61c95e5+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4",
    "tagd.example/acme+F61C95E5+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4",
    "tagd.example/acme+f61c95e5+AgOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4",
    "tagd.example/acme+f61c95e5", "", "++", "a+b+c",
  ])
  func `a verifier key that does not agree with itself is refused`(text: String) {
    #expect(throws: ProofFault.self) { try VerifierKey(parsing: text) }
  }
}
