import APITypes
import ArgumentParser

extension TransferSubject: ExpressibleByArgument {}
extension ImportSubject: ExpressibleByArgument {}
