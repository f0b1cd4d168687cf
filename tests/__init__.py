"""What the record promises, as sentences that run."""
