;; Products of one vector with rows of a matrix, and with rows of 8-bit codes, sixteen numbers at a time.
;; Compiled into module.ts by `npm run wasm`.
(module
  (memory (export "memory") 1)

  (func (export "products")
    (param $vector i32)    ;; address of the vector
    (param $matrix i32)    ;; address of the first row
    (param $dimension i32) ;; numbers in a row
    (param $rows i32)      ;; address of the numbers of the rows that are wanted, i32
    (param $count i32)     ;; how many these are
    (param $out i32)       ;; address of the products, f32
    (local $row i32) (local $v i32) (local $blocks i32) (local $rest i32)
    (local $a v128) (local $b v128) (local $c v128) (local $d v128) (local $sum f32)
    (block $done
      (loop $each
        (br_if $done (i32.eqz (local.get $count)))
        (local.set $row
          (i32.add (local.get $matrix)
            (i32.mul (i32.load (local.get $rows)) (i32.shl (local.get $dimension) (i32.const 2)))))
        (local.set $v (local.get $vector))
        (local.set $a (v128.const i32x4 0 0 0 0))
        (local.set $b (v128.const i32x4 0 0 0 0))
        (local.set $c (v128.const i32x4 0 0 0 0))
        (local.set $d (v128.const i32x4 0 0 0 0))
        (local.set $blocks (i32.shr_u (local.get $dimension) (i32.const 4)))
        (local.set $rest (i32.and (local.get $dimension) (i32.const 15)))
        (block $summed
          (loop $block
            (br_if $summed (i32.eqz (local.get $blocks)))
            (local.set $a (f32x4.add (local.get $a)
              (f32x4.mul (v128.load (local.get $v)) (v128.load (local.get $row)))))
            (local.set $b (f32x4.add (local.get $b)
              (f32x4.mul (v128.load offset=16 (local.get $v)) (v128.load offset=16 (local.get $row)))))
            (local.set $c (f32x4.add (local.get $c)
              (f32x4.mul (v128.load offset=32 (local.get $v)) (v128.load offset=32 (local.get $row)))))
            (local.set $d (f32x4.add (local.get $d)
              (f32x4.mul (v128.load offset=48 (local.get $v)) (v128.load offset=48 (local.get $row)))))
            (local.set $v (i32.add (local.get $v) (i32.const 64)))
            (local.set $row (i32.add (local.get $row) (i32.const 64)))
            (local.set $blocks (i32.sub (local.get $blocks) (i32.const 1)))
            (br $block)))
        (local.set $a (f32x4.add (f32x4.add (local.get $a) (local.get $b)) (f32x4.add (local.get $c) (local.get $d))))
        (local.set $sum
          (f32.add
            (f32.add (f32x4.extract_lane 0 (local.get $a)) (f32x4.extract_lane 1 (local.get $a)))
            (f32.add (f32x4.extract_lane 2 (local.get $a)) (f32x4.extract_lane 3 (local.get $a)))))
        (block $whole
          (loop $one
            (br_if $whole (i32.eqz (local.get $rest)))
            (local.set $sum (f32.add (local.get $sum)
              (f32.mul (f32.load (local.get $v)) (f32.load (local.get $row)))))
            (local.set $v (i32.add (local.get $v) (i32.const 4)))
            (local.set $row (i32.add (local.get $row) (i32.const 4)))
            (local.set $rest (i32.sub (local.get $rest) (i32.const 1)))
            (br $one)))
        (f32.store (local.get $out) (local.get $sum))
        (local.set $out (i32.add (local.get $out) (i32.const 4)))
        (local.set $rows (i32.add (local.get $rows) (i32.const 4)))
        (local.set $count (i32.sub (local.get $count) (i32.const 1)))
        (br $each))))

  (func (export "estimates")
    (param $vector i32)  ;; address of the vector, i16
    (param $codes i32)   ;; address of the first row, i8
    (param $width i32)   ;; codes in a row, a multiple of 16
    (param $scales i32)  ;; address of what a product with each row is multiplied by, f32
    (param $rows i32)    ;; address of the numbers of the rows that are wanted, i32
    (param $count i32)   ;; how many these are
    (param $out i32)     ;; address of the products, f32
    (local $row i32) (local $v i32) (local $end i32) (local $a v128) (local $b v128)
    (block $done
      (loop $each
        (br_if $done (i32.eqz (local.get $count)))
        (local.set $row
          (i32.add (local.get $codes) (i32.mul (i32.load (local.get $rows)) (local.get $width))))
        (local.set $end (i32.add (local.get $row) (local.get $width)))
        (local.set $v (local.get $vector))
        (local.set $a (v128.const i32x4 0 0 0 0))
        (local.set $b (v128.const i32x4 0 0 0 0))
        (block $summed
          (loop $block
            (br_if $summed (i32.ge_u (local.get $row) (local.get $end)))
            (local.set $a (i32x4.add (local.get $a)
              (i32x4.dot_i16x8_s (v128.load (local.get $v)) (v128.load8x8_s (local.get $row)))))
            (local.set $b (i32x4.add (local.get $b)
              (i32x4.dot_i16x8_s (v128.load offset=16 (local.get $v)) (v128.load8x8_s offset=8 (local.get $row)))))
            (local.set $v (i32.add (local.get $v) (i32.const 32)))
            (local.set $row (i32.add (local.get $row) (i32.const 16)))
            (br $block)))
        (local.set $a (i32x4.add (local.get $a) (local.get $b)))
        (f32.store (local.get $out)
          (f32.mul
            (f32.convert_i32_s
              (i32.add
                (i32.add (i32x4.extract_lane 0 (local.get $a)) (i32x4.extract_lane 1 (local.get $a)))
                (i32.add (i32x4.extract_lane 2 (local.get $a)) (i32x4.extract_lane 3 (local.get $a)))))
            (f32.load (i32.add (local.get $scales) (i32.shl (i32.load (local.get $rows)) (i32.const 2))))))
        (local.set $out (i32.add (local.get $out) (i32.const 4)))
        (local.set $rows (i32.add (local.get $rows) (i32.const 4)))
        (local.set $count (i32.sub (local.get $count) (i32.const 1)))
        (br $each))))

  (func (export "differences")
    (param $vector i32) ;; address of the bits of the vector
    (param $row i32)    ;; address of the bits of the first row
    (param $blocks i32) ;; of 512 bits in a row
    (param $count i32)  ;; rows, one after the other
    (param $out i32)    ;; address of how many bits of each are others, u16
    (param $counts i32) ;; address of how many rows have so many of them, i32, which are added to
    (local $v i32) (local $left i32) (local $sum i64) (local $at i32)
    (block $done
      (loop $each
        (br_if $done (i32.eqz (local.get $count)))
        (local.set $v (local.get $vector))
        (local.set $left (local.get $blocks))
        (local.set $sum (i64.const 0))
        (loop $block
          ;; Processors count the bits of 64 at once, and of no more.
          (local.set $sum
            (i64.add (local.get $sum)
              (i64.add
                (i64.add
                  (i64.add
                    (i64.popcnt (i64.xor (i64.load (local.get $v)) (i64.load (local.get $row))))
                    (i64.popcnt (i64.xor (i64.load offset=8 (local.get $v)) (i64.load offset=8 (local.get $row)))))
                  (i64.add
                    (i64.popcnt (i64.xor (i64.load offset=16 (local.get $v)) (i64.load offset=16 (local.get $row))))
                    (i64.popcnt (i64.xor (i64.load offset=24 (local.get $v)) (i64.load offset=24 (local.get $row))))))
                (i64.add
                  (i64.add
                    (i64.popcnt (i64.xor (i64.load offset=32 (local.get $v)) (i64.load offset=32 (local.get $row))))
                    (i64.popcnt (i64.xor (i64.load offset=40 (local.get $v)) (i64.load offset=40 (local.get $row)))))
                  (i64.add
                    (i64.popcnt (i64.xor (i64.load offset=48 (local.get $v)) (i64.load offset=48 (local.get $row))))
                    (i64.popcnt (i64.xor (i64.load offset=56 (local.get $v)) (i64.load offset=56 (local.get $row)))))))))
          (local.set $v (i32.add (local.get $v) (i32.const 64)))
          (local.set $row (i32.add (local.get $row) (i32.const 64)))
          (br_if $block (local.tee $left (i32.sub (local.get $left) (i32.const 1)))))
        (i64.store16 (local.get $out) (local.get $sum))
        (local.set $at (i32.add (local.get $counts) (i32.shl (i32.wrap_i64 (local.get $sum)) (i32.const 2))))
        (i32.store (local.get $at) (i32.add (i32.load (local.get $at)) (i32.const 1)))
        (local.set $out (i32.add (local.get $out) (i32.const 2)))
        (local.set $count (i32.sub (local.get $count) (i32.const 1)))
        (br $each))))

  (func (export "within")
    (param $numbers i32) ;; address of numbers, u16
    (param $count i32)   ;; how many these are, a multiple of 8
    (param $most i32)
    (param $out i32)     ;; address of the positions of those that are no more than that, i32, with room for 8 more
    (result i32)         ;; address behind them
    (local $place i32) (local $end i32) (local $limit v128)
    (local.set $limit (i16x8.splat (local.get $most)))
    (block $done
      (loop $eight
        (br_if $done (i32.ge_u (local.get $place) (local.get $count)))
        (local.set $end (i32.add (local.get $place) (i32.const 8)))
        ;; Few of them are: eight at a time are looked at.
        (if (v128.any_true (i16x8.le_u (v128.load (local.get $numbers)) (local.get $limit)))
          (then
            (loop $one
              (i32.store (local.get $out) (local.get $place))
              (local.set $out
                (i32.add (local.get $out)
                  (i32.shl (i32.le_u (i32.load16_u (local.get $numbers)) (local.get $most)) (i32.const 2))))
              (local.set $numbers (i32.add (local.get $numbers) (i32.const 2)))
              (local.set $place (i32.add (local.get $place) (i32.const 1)))
              (br_if $one (i32.lt_u (local.get $place) (local.get $end)))))
          (else
            (local.set $numbers (i32.add (local.get $numbers) (i32.const 16)))
            (local.set $place (local.get $end))))
        (br $eight)))
    (local.get $out)))
