import APITypes
import ArgumentParser

extension TransferSubject: ExpressibleByArgument {}
