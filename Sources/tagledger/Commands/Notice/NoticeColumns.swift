import APITypes

/// Columns of lists of notices.
func noticeColumns(_ words: Words) -> [Column<NoticeDocument>] {
  [
    Column(
      words.seqHeading, "seq", right: true, cell: { Cell(String($0.seq), .dim) },
      value: { String($0.seq) }),
    Column(
      words.time, "at",
      cell: { Cell(LocalTime($0.change.at)?.shown(words.language) ?? $0.change.at) },
      value: { $0.change.at }),
    Column(words.what, "sentence", fit: .wrap) { $0.change.sentence },
    Column(
      words.reason, "reason", fit: .wrap, cell: { Cell($0.change.reason, .dim) },
      value: { $0.change.reason }),
    Column(
      words.readHeading, "read",
      cell: {
        Cell($0.read.map { LocalTime($0)?.shown(words.language) ?? $0 }, .dim)
      },
      value: { $0.read }),
    Column(hidden: "type") { $0.change.type },
    Column(hidden: "unread_by") { notice in
      notice.unreadBy.map { $0.name ?? String($0.id) }.joined(separator: "; ")
    },
  ]
}
